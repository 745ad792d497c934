variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the secrets."
  type        = bool
  default     = true
}

variable "kms_key" {
  description = "Key in the same region that encrypts the secrets; null for Google's own."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels of the secrets."
  type        = map(string)
  default     = {}
}

variable "project_id" {
  description = "Project of the secrets."
  type        = string
}

variable "region" {
  description = "The only region where the secrets are kept."
  type        = string
}

variable "secrets" {
  description = "The secrets by name, each with the one account that may read it."
  type = map(object({
    reader = string
  }))
}
