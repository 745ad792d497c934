package dev.twofold.sync.reconcile;

import dev.twofold.sync.record.Lane;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lane a change travels in, by what HubSpot says made it. People wait for what they did
 * themselves; machines do not. The set of sources is open, so an unknown one is a machine.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/webhooks/guide">HubSpot
 *     webhooks</a>
 */
final class ChangeSource {

  private static final Set<String> PEOPLE =
      Set.of(
          "CRM_UI",
          "FORM",
          "FORMS",
          "MOBILE_IOS",
          "MOBILE_ANDROID",
          "MEETINGS",
          "CONVERSATIONS",
          "CHATSPOT",
          "PREFERENCE_CENTER",
          "SURVEY");

  private ChangeSource() {}

  static Lane lane(@Nullable String changeSource) {
    boolean people = changeSource != null && PEOPLE.contains(changeSource.toUpperCase(Locale.ROOT));
    return people ? Lane.EXPRESS : Lane.BULK;
  }
}
