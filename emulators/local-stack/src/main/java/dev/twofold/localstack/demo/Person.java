package dev.twofold.localstack.demo;

/**
 * Somebody made up, as both sides should know them in the end.
 *
 * @param email under example.com, different in every run
 * @param phone with country code, or blank where none is known
 */
public record Person(String email, String firstName, String lastName, String phone) {
  /** The one name that Stripe has. */
  public String fullName() {
    return (firstName + " " + lastName).strip();
  }

  Person withLastName(String changed) {
    return new Person(email, firstName, changed, phone);
  }

  Person withPhone(String changed) {
    return new Person(email, firstName, lastName, changed);
  }
}
