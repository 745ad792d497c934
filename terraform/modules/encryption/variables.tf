variable "kms_key" {
  description = "Full name of the key; null where Google's own keys are used."
  type        = string
  default     = null
}

variable "project_number" {
  description = "Number of the project, part of the accounts' names."
  type        = string
}
