package dev.twofold.simulators.hubspot.engine;

import java.util.List;

/**
 * A kind of record in HubSpot's own words.
 *
 * @param name as in the types of its notices
 * @param plural as in paths
 * @param typeId as in generic notices
 * @param naming the properties of which a record needs at least one
 * @param texts further properties that HubSpot brings along
 * @param firstId the id of the first record, long past the range of an int as real ones are
 */
record ObjectKind(
    String name,
    String plural,
    String typeId,
    List<String> naming,
    List<String> texts,
    long firstId) {

  static final ObjectKind CONTACT =
      new ObjectKind(
          "contact",
          "contacts",
          "0-1",
          List.of("email", "firstname", "lastname"),
          List.of(
              "company",
              "jobtitle",
              "message",
              "salutation",
              "annualrevenue",
              "date_of_birth",
              "hs_language",
              "hs_lead_status"),
          171_596_000_001L);

  static final ObjectKind COMPANY =
      new ObjectKind(
          "company",
          "companies",
          "0-2",
          List.of("name", "domain"),
          List.of("description", "about_us", "timezone", "linkedin_company_page"),
          271_596_000_001L);

  /** Its name as a heading. */
  String title() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The group its properties belong to. */
  String group() {
    return name + "information";
  }
}
