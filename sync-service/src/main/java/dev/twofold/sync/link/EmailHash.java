package dev.twofold.sync.link;

import dev.twofold.sync.mapping.EmailAddress;
import dev.twofold.sync.record.TenantId;

/** Under which id an e-mail address is stored: a hash, so that the address itself never is. */
public final class EmailHash {

  private EmailHash() {}

  /** The hash of an address of that tenant, whatever its case and outer spaces. */
  public static String of(TenantId tenant, String address) {
    return DocumentKey.hash(tenant + ":" + EmailAddress.normal(address));
  }
}
