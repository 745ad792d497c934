package dev.twofold.simulators.hubspot.engine;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The properties that HubSpot fills in itself. */
final class Computed {
  /** What comes with every answer to a write, asked for or not. */
  static final Set<String> WITH_EVERY_WRITE =
      Set.of(
          "createdate",
          "lastmodifieddate",
          "hs_object_id",
          "hs_all_contact_vids",
          "hs_email_domain",
          "hs_is_contact",
          "hs_is_unworked",
          "hs_pipeline",
          "hs_object_source",
          "hs_object_source_id",
          "hs_object_source_label",
          "hs_full_name_or_email",
          "lifecyclestage");

  private Computed() {}

  static void onCreation(Contact contact, Author author, Instant now) {
    var values = contact.values();
    String id = Long.toString(contact.id());
    values.put("createdate", Timestamps.iso(now));
    values.put("hs_all_contact_vids", id);
    values.put("hs_is_contact", "true");
    values.put("hs_is_unworked", "true");
    values.put("hs_object_id", id);
    values.put("hs_object_source", author.changeSource());
    values.put("hs_object_source_id", author.sourceId());
    values.put("hs_object_source_label", author.changeSource());
    values.put("hs_pipeline", "contacts-lifecycle-pipeline");
    contact.touch(now);
  }

  /** After any change of names, addresses or merged ids. */
  static void refresh(Contact contact) {
    var values = contact.values();
    String email = contact.value("email");
    if (values.containsKey("email")) {
      values.put("hs_email_domain", email.isEmpty() ? "" : EmailRules.domain(email));
    }
    String name = (contact.value("firstname") + " " + contact.value("lastname")).strip();
    values.put("hs_full_name_or_email", name.isEmpty() ? email : name);
    if (!contact.otherEmails().isEmpty() || values.containsKey("hs_additional_emails")) {
      values.put("hs_additional_emails", String.join(";", contact.otherEmails()));
    }
    if (!contact.mergedIds().isEmpty()) {
      List<String> ids = contact.mergedIds().stream().map(String::valueOf).toList();
      values.put("hs_merged_object_ids", String.join(";", ids));
      values.put("hs_all_contact_vids", contact.id() + ";" + String.join(";", ids));
    }
  }
}
