package dev.twofold.sync.mapping;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The addresses both systems take. HubSpot is the stricter one: no quoted local part, and a domain
 * that ends in a real top-level domain, so that addresses below the reserved ones are refused.
 *
 * @see <a href="https://community.hubspot.com/t5/x/x/td-p/833439">HubSpot on invalid addresses</a>
 */
public final class EmailAddress {

  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]{1,64}"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+"
              + "[\\p{L}][\\p{L}\\p{N}-]{1,62}");

  /** Reserved by RFC 2606 and RFC 6762; HubSpot refuses them. */
  private static final Set<String> RESERVED =
      Set.of("test", "invalid", "local", "localhost", "example");

  private EmailAddress() {}

  /** The form under which an address is looked up: without outer spaces and case. */
  public static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  /** Why one of the two systems would refuse the address; empty when neither would. */
  public static Optional<String> problem(String address) {
    String plain = address.strip();
    if (!FORM.matcher(plain).matches()
        || plain.startsWith(".")
        || plain.contains("..")
        || plain.contains(".@")) {
      return Optional.of("expected an e-mail address such as name@example.com");
    }
    String topLevel = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return RESERVED.contains(topLevel)
        ? Optional.of("HubSpot refuses addresses below ." + topLevel)
        : Optional.empty();
  }
}
