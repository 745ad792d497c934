variable "approvers" {
  description = "Who may approve a deployment, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "archive_days" {
  description = "Days that raw deliveries are kept."
  type        = number
  default     = 30
}

variable "base_image" {
  description = "Image with the Java runtime that the services' images are made from, pinned by digest."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9./_-]+(:[A-Za-z0-9._-]+)?@sha256:[0-9a-f]{64}$", var.base_image))
    error_message = "Pin the image by its digest: name:tag@sha256: and 64 hexadecimal digits. docs/deploy.md says how to find it."
  }
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

variable "environment" {
  description = "Name of the environment, a folder below terraform/environments."
  type        = string
}

variable "kms_key" {
  description = "Key in the same region that encrypts topic, database, secrets and archive; queues and images get theirs from terraform/bootstrap. Null for Google's own."
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

variable "placeholder_image" {
  description = "What services run until their first image is built."
  type        = string
  default     = "us-docker.pkg.dev/cloudrun/container/hello:latest"
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

variable "resources" {
  description = "Processors and memory of one instance, by service."
  type = object({
    ingest  = optional(object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") }), {})
    notices = optional(object({ cpu = optional(string, "2"), memory = optional(string, "1Gi") }), {})
    writes  = optional(object({ cpu = optional(string, "2"), memory = optional(string, "2Gi") }), {})
  })
  default = {}
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

  validation {
    condition     = alltrue([for tenant in keys(var.tenants) : can(regex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$", tenant))])
    error_message = "A tenant's id has 2 to 40 lower-case letters, digits and dashes."
  }

  validation {
    condition = alltrue(flatten([
      for tenant in values(var.tenants) : [for id in [tenant.hubspot_app_id, tenant.hubspot_portal_id] : can(regex("^[0-9]*$", id))]
    ]))
    error_message = "HubSpot's ids are digits."
  }
}
