variable "kms_key" {
  description = "Key in the same region that encrypts images; null for Google's own."
  type        = string
  default     = null
}

variable "project_id" {
  description = "Project of everything."
  type        = string
}

variable "region" {
  description = "Region of everything."
  type        = string
}
