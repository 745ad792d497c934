package dev.twofold.simulators.hubspot.engine;

import java.util.Locale;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * HubSpot's idea of an e-mail address: usual syntax, no quoted local part, and a domain that ends
 * in a real top-level domain, so {@code .test}, {@code .invalid} and {@code .local} are refused.
 */
final class EmailRules {
  private static final EmailValidator VALIDATOR = EmailValidator.getInstance(false, false);

  private EmailRules() {}

  /** The form in which addresses are stored and compared. */
  static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  static boolean accepts(String address) {
    return !address.startsWith("\"") && VALIDATOR.isValid(address);
  }

  static String domain(String address) {
    return address.substring(address.indexOf('@') + 1);
  }
}
