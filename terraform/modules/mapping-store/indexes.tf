locals {
  fields = { for field in var.indexes.fieldOverrides : "${field.collectionGroup}/${field.fieldPath}" => field }
  indexes = {
    for index in var.indexes.indexes :
    "${index.collectionGroup}/${join("-", [for field in index.fields : field.fieldPath])}" => index
  }
}

resource "google_firestore_index" "default" {
  for_each    = local.indexes
  project     = var.project_id
  database    = google_firestore_database.default.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path = fields.value.fieldPath
      order      = fields.value.order
    }
  }
}

# Every field is indexed both ways unless told otherwise; what no query asks for would only cost, and
# rising values make one hot range.
resource "google_firestore_field" "default" {
  for_each   = local.fields
  project    = var.project_id
  database   = google_firestore_database.default.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order       = indexes.value.order
        query_scope = indexes.value.queryScope
      }
    }
  }

  dynamic "ttl_config" {
    for_each = each.value.ttl ? ["expires"] : []
    content {}
  }
}
