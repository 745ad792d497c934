package dev.twofold.sync.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FieldsTest {

  @Test
  void leavesOrdinaryIdsAsTheyAre() {
    assertThat(Fields.id("0a1b-hubspot-contact-1_2")).isEqualTo("0a1b-hubspot-contact-1_2");
  }

  @Test
  void makesEveryOtherTextAnIdThatNoOtherTextHas() {
    assertThat(Fields.id("a/b")).isEqualTo("a%2Fb");
    assertThat(Fields.id("a%2Fb")).isEqualTo("a%252Fb");
    assertThat(Fields.id(".")).isEqualTo("%2e");
    assertThat(Fields.id("..")).isEqualTo("%2e.");
    assertThat(Fields.id("__x__")).isEqualTo("%5f_x__");
  }

  @Test
  void ordersTimesToTheMicrosecondWithinTheYearsFirestoreKnows() {
    assertThat(Fields.time(Instant.parse("2026-11-21T09:00:00.123456789Z")).toString())
        .isEqualTo("2026-11-21T09:00:00.123456000Z");
    assertThat(Fields.time(Instant.MAX).toString()).startsWith("9999-12-31");
    assertThat(Fields.time(Instant.MIN).toString()).startsWith("0001-01-01");
  }
}
