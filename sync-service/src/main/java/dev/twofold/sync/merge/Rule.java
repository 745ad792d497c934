package dev.twofold.sync.merge;

/** Why a field is decided as it is; shown to people. */
public enum Rule {
  NOT_MAPPED("the field is switched off"),
  NOTHING_KNOWN("neither side has told a value yet"),
  UNCERTAIN("one side must be read before anything can be decided"),
  UNCHANGED("both sides hold the agreed value"),
  DIFFERENT_SINCE_BEFORE("the sides differ, and neither has changed since they were last agreed"),
  ONE_SIDE_CHANGED("one side changed"),
  BOTH_EQUAL("both sides hold the same"),
  BLANK_NEVER_OVERWRITES("at the first meeting a blank value overwrites nothing"),
  SOURCE_WINS("the field is one-way, and its source always wins"),
  ONCE_FILLED("the field is filled once, and never again"),
  LATER_CHANGE("conflict: the later change wins"),
  HUBSPOT_FIRST("conflict: HubSpot wins where neither change is known to be later"),
  POLICY_HUBSPOT("conflict: the policy is HubSpot"),
  POLICY_STRIPE("conflict: the policy is Stripe"),
  MANUAL("conflict: waits for a person to decide"),
  RESOLVED("a person has decided between the two values"),
  CLEARING_IGNORED("clearing is not propagated for this field"),
  EMAIL_NEVER_CLEARED("an e-mail address is never cleared");

  private final String words;

  Rule(String words) {
    this.words = words;
  }

  /** The rule in words. */
  public String words() {
    return words;
  }
}
