variable "backup_retention" {
  description = "How long a day's backup is kept, in seconds with an s; at most 14 weeks."
  type        = string
  default     = "604800s"
}

variable "database" {
  description = "Name of the database."
  type        = string
  default     = "(default)"
}

variable "deletion_protection" {
  description = "Whether nobody can delete the database."
  type        = bool
  default     = true
}

variable "indexes" {
  description = "Indexes, exemptions and expiry, in the words of firebase's firestore.indexes.json."
  type = object({
    fieldOverrides = list(object({
      collectionGroup = string
      fieldPath       = string
      indexes         = list(object({ order = string, queryScope = string }))
      ttl             = optional(bool, false)
    }))
    indexes = list(object({
      collectionGroup = string
      fields          = list(object({ fieldPath = string, order = string }))
      queryScope      = string
    }))
  })
}

variable "kms_key" {
  description = "Key in the same region that encrypts the database; null for Google's own."
  type        = string
  default     = null
}

variable "project_id" {
  description = "Project of the database."
  type        = string
}

variable "region" {
  description = "Region of the database; it cannot be changed later."
  type        = string
}

variable "users" {
  description = "Who reads and writes documents, by a name of your choice."
  type        = map(string)
  default     = {}
}
