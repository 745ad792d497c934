package dev.twofold.sync.watch.micrometer;

import dev.twofold.sync.watch.Traces;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Traces with whatever Micrometer traces with. */
final class MicrometerTraces implements Traces {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

  private static final String OUTCOME = "outcome";

  private final Tracer tracer;

  MicrometerTraces(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public @Nullable String current() {
    Span span = tracer.currentSpan();
    return span == null ? null : traceparent(span.context());
  }

  @Override
  public <T> T within(Piece piece, Function<Told, T> work) {
    Span span = builder(piece).start();
    try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
      return work.apply(span::tag);
    } catch (RuntimeException | Error failure) {
      // Its message may be a provider's; its kind tells enough.
      span.tag("error.type", failure.getClass().getSimpleName());
      throw failure;
    } finally {
      span.end();
    }
  }

  @Override
  public void past(Piece piece, Instant from, Instant to, String outcome) {
    builder(piece)
        .tag(OUTCOME, outcome)
        .startTimestamp(micros(from), TimeUnit.MICROSECONDS)
        .start()
        .end(micros(to), TimeUnit.MICROSECONDS);
  }

  private Span.Builder builder(Piece piece) {
    Span.Builder builder = tracer.spanBuilder().name(piece.name());
    TraceContext parent = context(piece.parent());
    if (parent != null) {
      builder.setParent(parent);
    }
    for (String link : piece.links()) {
      TraceContext linked = context(link);
      if (linked != null) {
        builder.addLink(new Link(linked));
      }
    }
    return builder;
  }

  private @Nullable TraceContext context(@Nullable String traceparent) {
    Matcher parts = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
    if (!parts.matches()) {
      return null;
    }
    boolean sampled = (Integer.parseInt(parts.group(3), 16) & 1) == 1;
    return tracer
        .traceContextBuilder()
        .traceId(parts.group(1))
        .spanId(parts.group(2))
        .sampled(sampled)
        .build();
  }

  private static @Nullable String traceparent(TraceContext context) {
    boolean known = !context.traceId().isEmpty() && !context.spanId().isEmpty();
    String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
    return known ? "00-" + context.traceId() + "-" + context.spanId() + "-" + flags : null;
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
  }
}
