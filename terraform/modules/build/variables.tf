variable "approvers" {
  description = "Who may approve a deployment, by a name of your choice."
  type        = map(string)
  default     = {}
}

variable "base_image" {
  description = "Image with the Java runtime that the services' images are made from, pinned by digest."
  type        = string
}

variable "environment" {
  description = "Folder below terraform/environments that is planned and applied."
  type        = string
}

variable "kms_key" {
  description = "Key in the same region that encrypts requests for deployment; null for Google's own."
  type        = string
  default     = null
}

variable "project_id" {
  description = "Project that is built in and deployed to."
  type        = string
}

variable "region" {
  description = "Region of builds and images."
  type        = string
}

variable "registry" {
  description = "Name of the repository of images, made by terraform/bootstrap."
  type        = string
}

variable "repository" {
  description = "Repository of this code as Cloud Build knows it (projects/…/connections/…/repositories/…) and the branch that is deployed; null for no triggers."
  type = object({
    branch = optional(string, "main")
    id     = string
  })
  default = null
}

variable "sbom_bucket" {
  description = "Bucket of bills of materials, made by terraform/bootstrap."
  type        = string
}

variable "state_bucket" {
  description = "Bucket of Terraform's state, made by terraform/bootstrap."
  type        = string
}
