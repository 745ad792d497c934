variable "approvers" {
  description = "Who may approve a deployment, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "base_image" {
  description = "Image with the Java runtime that the services' images are made from, pinned by digest."
  type        = string
}

variable "budget" {
  description = "What a month may cost in whole units of a currency, and the billing account; null for no budget."
  type = object({
    billing_account = string
    currency        = optional(string, "EUR")
    units           = number
  })
  default = null
}

variable "deletion_protection" {
  description = "Whether database, secrets, archive and services are kept from being deleted."
  type        = bool
  default     = true
}

variable "kms_key" {
  description = "Key in the same region that encrypts what is stored; null for Google's own."
  type        = string
  default     = null
}

variable "notification_channels" {
  description = "Whom alerts are sent to, by a name of your choice."
  type = map(object({
    labels = map(string)
    type   = string
  }))
  default = {}
}

variable "operators" {
  description = "Who may call the writes service by hand, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "project_id" {
  description = "Project of everything."
  type        = string
}

variable "public_url" {
  description = "Address that HubSpot calls and signs, where it is not the ingest service's own."
  type        = string
  default     = null
}

variable "quiet_hours_max" {
  description = "Hours without a single delivery before somebody is told."
  type        = number
  default     = 6
}

variable "region" {
  description = "Region of everything."
  type        = string
}

variable "repository" {
  description = "Repository of this code as Cloud Build knows it, and the branch that is deployed; null for no triggers."
  type = object({
    branch = optional(string, "main")
    id     = string
  })
  default = null
}

variable "scaling" {
  description = "Fewest and most instances of the services that scale; writes is always one."
  type = object({
    ingest  = optional(object({ min = number, max = number }), { min = 1, max = 20 })
    notices = optional(object({ min = number, max = number }), { min = 1, max = 10 })
  })
  default = {}
}

variable "tenants" {
  description = "Who is synced, by tenant id: the ids of the HubSpot app and account, blank until they are known."
  type = map(object({
    hubspot_app_id    = optional(string, "")
    hubspot_portal_id = optional(string, "")
  }))
}
