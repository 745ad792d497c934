variable "archive_days" {
  description = "Days that raw deliveries are kept."
  type        = number
  default     = 30

  validation {
    condition     = var.archive_days >= 1
    error_message = "Keep deliveries for a day at least."
  }
}

variable "deletion_protection" {
  description = "Whether a bucket that is not empty is never deleted."
  type        = bool
  default     = true
}

variable "deployers" {
  description = "Who may set the push account on a subscription, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "kms_key" {
  description = "Key in the same region that encrypts messages and archive; null for Google's own."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels of everything that can have them."
  type        = map(string)
  default     = {}
}

variable "operators" {
  description = "Who may publish dead letters again, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "project_id" {
  description = "Project of the topic."
  type        = string
}

variable "project_number" {
  description = "Number of the project, part of Pub/Sub's own account."
  type        = string
}

variable "publishers" {
  description = "Who may publish, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "push_to" {
  description = "Address of the service that takes notices in, without a path."
  type        = string
}

variable "region" {
  description = "The only region where messages are kept."
  type        = string
}

variable "token_users" {
  description = "Who else may call as the push account, by a name of your choice: the check of a new revision."
  type        = map(string)
  default     = {}
}

variable "topology" {
  description = "Topic, dead-letter topic and subscription, in the words of the Pub/Sub REST API."
  type = object({
    deadLetterTopic = string
    subscription = object({
      ackDeadlineSeconds       = number
      deadLetterPolicy         = object({ maxDeliveryAttempts = number })
      messageRetentionDuration = string
      name                     = string
      pushPath                 = string
      retainAckedMessages      = bool
      retryPolicy              = object({ maximumBackoff = string, minimumBackoff = string })
    })
    topic = string
  })
}
