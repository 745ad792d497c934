package dev.twofold.sync.watch.google;

import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Sends figures with the service's own authorization. */
final class AuthorizedMetricsSender implements OtlpMetricsSender {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final GoogleAuthorization authorization;
  private final OtlpMetricsSender sender =
      new OtlpHttpMetricsSender(new HttpUrlConnectionSender(CONNECT_WITHIN, ANSWER_WITHIN));

  AuthorizedMetricsSender(GoogleAuthorization authorization) {
    this.authorization = authorization;
  }

  @Override
  public void send(Request request) throws Exception {
    Map<String, String> headers = new HashMap<>(request.getHeaders());
    headers.putAll(authorization.headers());
    sender.send(
        Request.builder(request.getMetricsData())
            .address(Objects.requireNonNull(request.getAddress(), "an address is set"))
            .compressionMode(request.getCompressionMode())
            .headers(headers)
            .build());
  }
}
