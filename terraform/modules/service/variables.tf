variable "concurrency" {
  description = "Requests that one instance handles at a time."
  type        = number

  validation {
    # https://docs.cloud.google.com/run/quotas
    condition     = var.concurrency >= 1 && var.concurrency <= 1000
    error_message = "Cloud Run allows 1 to 1000 requests at a time in one instance."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the service."
  type        = bool
  default     = true
}

variable "deployers" {
  description = "Accounts that may deploy revisions running as this service, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "description" {
  description = "What the service is for, in one sentence."
  type        = string
}

variable "environment" {
  description = "Environment of the container; nothing secret."
  type        = map(string)
  default     = {}
}

variable "iap_accessors" {
  description = "Who may use the service through Identity-Aware Proxy, by a name of your choice; none leaves the proxy off."
  type        = map(string)
  default     = {}
}

variable "image" {
  description = "Image of the first revision; later ones are the delivery's business."
  type        = string
}

variable "ingress" {
  description = "From where requests are let in."
  type        = string
  default     = "INGRESS_TRAFFIC_ALL"
}

variable "invokers" {
  description = "Who may call the service, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "kms_key" {
  description = "Key in the same region that encrypts the settings; null for Google's own."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels of everything that can have them."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the service and of its account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "An account's name has 6 to 30 lower-case letters, digits and dashes."
  }
}

variable "project_id" {
  description = "Project of the service."
  type        = string
}

variable "project_number" {
  description = "Number of the project, part of the service's address."
  type        = string
}

variable "region" {
  description = "Region of the service."
  type        = string
}

variable "resources" {
  description = "Processors and memory of one instance."
  type = object({
    cpu    = optional(string, "1")
    memory = optional(string, "1Gi")
  })
  default = {}
}

variable "scaling" {
  description = "Fewest and most instances of one revision."
  type = object({
    min = number
    max = number
  })

  validation {
    condition     = var.scaling.min >= 1 && var.scaling.min <= var.scaling.max
    error_message = "One instance stays warm, and there are at least as many as that at most."
  }
}

variable "settings" {
  description = "Settings that the service reads at its start, in the shape of its application.yaml; nothing secret."
  type        = any
  default     = {}
}

variable "settings_readers" {
  description = "Who else reads the settings, by a name of your choice: whoever runs Terraform."
  type        = map(string)
  default     = {}
}

variable "timeout" {
  description = "Longest time a request may take, in seconds with an s."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]*s$", var.timeout))
    error_message = "Write seconds with an s, such as 55s."
  }
}
