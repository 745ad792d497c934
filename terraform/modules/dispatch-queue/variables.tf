variable "enqueuers" {
  description = "Who may create tasks, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "limits" {
  description = "Calls a second that each account allows: hubspot, stripe."
  type        = map(number)
}

variable "logging_ratio" {
  description = "Part of the tasks whose attempts are logged, 0 to 1."
  type        = number
  default     = 1

  validation {
    condition     = var.logging_ratio >= 0 && var.logging_ratio <= 1
    error_message = "The ratio is between 0 and 1."
  }
}

variable "operator_role" {
  description = "Role that may look for a task, and pause and resume a queue."
  type        = string
}

variable "operators" {
  description = "Who may look for tasks and pause the queues, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "project_id" {
  description = "Project of the queues."
  type        = string
}

variable "queues" {
  description = "The queues by name, which begins with the account's, in the words of the Cloud Tasks REST API."
  type = map(object({
    rateLimits = object({
      maxConcurrentDispatches = number
      maxDispatchesPerSecond  = number
    })
    retryConfig = object({
      maxAttempts  = number
      maxBackoff   = string
      maxDoublings = number
      minBackoff   = string
    })
  }))

  validation {
    # https://docs.cloud.google.com/tasks/docs/quotas
    condition = alltrue([
      for queue in values(var.queues) :
      queue.rateLimits.maxDispatchesPerSecond <= 500 && queue.rateLimits.maxConcurrentDispatches <= 5000
    ])
    error_message = "Cloud Tasks dispatches at most 500 tasks a second from a queue, and 5000 at a time."
  }
}

variable "region" {
  description = "Region of the queues."
  type        = string
}

variable "tenant" {
  description = "Id of the tenant, the first part of the queues' names."
  type        = string
}
