package dev.twofold.simulators.stripe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StripeSignatureTest {
  private static final byte[] BODY =
      "{\"id\":\"evt_test\",\"object\":\"event\"}".getBytes(StandardCharsets.UTF_8);
  private static final String VECTOR =
      "8042376f6ca064adbe037642a718227dfd59047137eb49497a54c49eb0cfb724";

  @Test
  void signsAsThePublishedAlgorithmDoes() {
    assertThat(StripeWebhookFormat.signature("whsec_test_secret", 1700000000, BODY))
        .isEqualTo(VECTOR);
  }

  @Test
  void signsOncePerActiveSecretAndFollowsARoll() {
    StripeWebhookFormat format = new StripeWebhookFormat(List.of("whsec_new"));
    Instant at = Instant.ofEpochSecond(1700000000);

    assertThat(v1s(format, at)).hasSize(1).doesNotContain(VECTOR);
    format.changeSecrets(List.of("whsec_new", "whsec_test_secret"));

    assertThat(v1s(format, at)).hasSize(2).contains(VECTOR);
  }

  private static List<String> v1s(StripeWebhookFormat format, Instant at) {
    String header = format.headers(BODY, at).getOrDefault("Stripe-Signature", "");
    assertThat(header).startsWith("t=1700000000,v1=");
    return List.of(header.split(",", -1)).stream()
        .filter(part -> part.startsWith("v1="))
        .map(part -> part.substring(3))
        .toList();
  }

  @Test
  void backsOffOverThreeDays() {
    StripeWebhookFormat format = new StripeWebhookFormat(List.of("whsec_test_secret"));
    Random random = new Random(3);
    Duration whole = Duration.ZERO;
    Duration last = Duration.ZERO;
    int attempt = 0;
    var pause = format.retryAfter(attempt, random);
    while (pause.isPresent()) {
      assertThat(pause.get()).isGreaterThan(last.dividedBy(2));
      last = pause.get();
      whole = whole.plus(last);
      attempt++;
      pause = format.retryAfter(attempt, random);
    }
    assertThat(whole).isBetween(Duration.ofDays(2), Duration.ofDays(3));
  }
}
