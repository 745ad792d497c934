package dev.twofold.cloudtasks.transport;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.QueueStats;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The queues' figures in Prometheus' text form, taken when they are asked for. */
final class Metrics {

  private record Reading(QueueSnapshot queue, QueueStats stats, Instant now) {
    double oldestAgeSeconds() {
      Instant oldest = stats.oldestArrival();
      return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toMillis() / 1e3);
    }
  }

  private record Figure(String name, String help, ToDoubleFunction<Reading> value) {}

  private static final List<Figure> GAUGES =
      List.of(
          new Figure("depth", "Tasks held, waiting or under way.", r -> r.stats().tasks()),
          new Figure("concurrent", "Attempts under way.", r -> r.stats().concurrent()),
          new Figure(
              "rate_limit",
              "Dispatches per second allowed by the queue's settings.",
              r -> r.queue().settings().rateLimits().maxDispatchesPerSecond()),
          new Figure(
              "effective_rate",
              "Dispatches per second allowed after any slowdown.",
              r -> r.stats().effectiveRate()),
          new Figure(
              "oldest_task_age_seconds",
              "How long the oldest waiting task has been due.",
              Reading::oldestAgeSeconds),
          new Figure("tombstones", "Names still refused.", r -> r.stats().tombstones()));

  private static final List<Figure> COUNTERS =
      List.of(
          new Figure("tasks_created", "Tasks accepted.", r -> r.stats().totals().created()),
          new Figure("dispatches", "Attempts begun.", r -> r.stats().totals().dispatched()),
          new Figure(
              "attempts_succeeded",
              "Attempts answered with 2xx.",
              r -> r.stats().totals().succeeded()),
          new Figure("attempts_failed", "Attempts that failed.", r -> r.stats().totals().failed()),
          new Figure(
              "tasks_exhausted",
              "Tasks deleted after their last attempt.",
              r -> r.stats().totals().exhausted()));

  private final EngineHost host;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  Metrics(EngineHost host) {
    this.host = host;
  }

  HttpResponse response() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, snapshots());
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot be written", impossible);
    }
    return HttpResponse.of(
        HttpStatus.OK, MediaType.parse(writer.getContentType()), HttpData.wrap(text.toByteArray()));
  }

  private MetricSnapshots snapshots() {
    Map<Labels, Reading> readings = new LinkedHashMap<>();
    host.request((engine, now) ->
            engine.queues().stream()
                .map(queue -> new Reading(queue, engine.stats(queue.name(), now), now))
                .toList())
        .forEach(reading -> readings.put(labels(reading.queue()), reading));
    Stream<MetricSnapshot> gauges = GAUGES.stream().map(figure -> gauge(figure, readings));
    Stream<MetricSnapshot> counters = COUNTERS.stream().map(figure -> counter(figure, readings));
    return new MetricSnapshots(Stream.concat(gauges, counters).toList());
  }

  private static MetricSnapshot gauge(Figure figure, Map<Labels, Reading> readings) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder().name("cloud_tasks_" + figure.name()).help(figure.help());
    readings.forEach((labels, reading) ->
        gauge.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(figure.value().applyAsDouble(reading))
                .build()));
    return gauge.build();
  }

  private static MetricSnapshot counter(Figure figure, Map<Labels, Reading> readings) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name("cloud_tasks_" + figure.name()).help(figure.help());
    readings.forEach((labels, reading) ->
        counter.dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(figure.value().applyAsDouble(reading))
                .build()));
    return counter.build();
  }

  private static Labels labels(QueueSnapshot queue) {
    return Labels.of(
        "project_id", queue.name().location().project(),
        "location", queue.name().location().location(),
        "queue_id", queue.name().id());
  }
}
