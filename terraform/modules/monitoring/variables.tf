variable "budget" {
  description = "What a month may cost in whole units of a currency, and the billing account; null for no budget."
  type = object({
    billing_account = string
    currency        = optional(string, "EUR")
    units           = number
  })
  default = null
}

variable "channels" {
  description = "Whom alerts are sent to: notification channels by a name of your choice."
  type = map(object({
    labels = map(string)
    type   = string
  }))
  default = {}
}

variable "dead_letter_subscription" {
  description = "Name of the subscription that keeps dead letters."
  type        = string
}

variable "environment" {
  description = "Name of the environment, for the subject of a notification."
  type        = string
}

variable "labels" {
  description = "Labels of alerts and channels."
  type        = map(string)
  default     = {}
}

variable "objectives" {
  description = "What is promised: seconds until a change is visible, and the share of changes and of deliveries for which promises hold."
  type = object({
    freshness_goal    = optional(number, 0.99)
    freshness_seconds = optional(number, 30)
    intake_goal       = optional(number, 0.999)
  })
  default = {}

  validation {
    condition     = var.objectives.freshness_goal < 1 && var.objectives.intake_goal < 1
    error_message = "A goal of 1 allows nothing, and no burn rate can be told from it."
  }
}

variable "parked_per_hour_max" {
  description = "Items of one tenant and side that may be set aside within an hour before somebody is told."
  type        = number
  default     = 10
}

variable "project_id" {
  description = "Project that is watched."
  type        = string
}

variable "project_number" {
  description = "Number of the project, by which the budget knows it."
  type        = string
}

variable "push_subscription" {
  description = "Name of the subscription that pushes notices."
  type        = string
}

variable "quiet_hours_max" {
  description = "Hours without a single delivery before somebody is told."
  type        = number
  default     = 6

  validation {
    condition     = var.quiet_hours_max >= 1 && var.quiet_hours_max <= 24
    error_message = "Between 1 and 24 hours: Cloud Monitoring looks no further back."
  }
}
