package dev.twofold.sync.watch.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes figures and spans in as Google's Telemetry API does, and remembers them. */
public final class TelemetryReceiver implements AutoCloseable {

  private final List<ResourceMetrics> figures = new CopyOnWriteArrayList<>();
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  public TelemetryReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/metrics", this::takeFigures);
    server.createContext("/v1/traces", this::takeSpans);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void takeFigures(HttpExchange exchange) throws IOException {
    figures.addAll(
        ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()).getResourceMetricsList());
    answer(exchange);
  }

  private void takeSpans(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
        .getResourceSpansList()
        .forEach(resource ->
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
    answer(exchange);
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** The Authorization headers that came. */
  public Set<String> authorizations() {
    return authorizations;
  }

  /** What the figures say they are of. */
  public Map<String, String> resource() {
    return attributes(figures.getFirst().getResource().getAttributesList());
  }

  /** The kind of each figure, by its name. */
  public Map<String, String> kinds() {
    Map<String, String> kinds = new TreeMap<>();
    metrics().forEach(metric -> kinds.put(metric.getName(), kind(metric)));
    return kinds;
  }

  /** The tags each figure came with, by its name. */
  public Map<String, Set<String>> tags() {
    Map<String, Set<String>> tags = new TreeMap<>();
    metrics().forEach(metric -> tags.put(metric.getName(), attributes(points(metric)).keySet()));
    return tags;
  }

  public List<Metric> metrics() {
    return figures.stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  private static List<KeyValue> points(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getDataPoints(0).getAttributesList();
      case GAUGE -> metric.getGauge().getDataPoints(0).getAttributesList();
      case HISTOGRAM -> metric.getHistogram().getDataPoints(0).getAttributesList();
      default -> throw new AssertionError(metric.getName() + " is a " + metric.getDataCase());
    };
  }

  private static String kind(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getIsMonotonic() ? "counter" : "sum";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
      default -> metric.getDataCase().name();
    };
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /** The spans of a trace that bear that name. */
  public List<Span> spans(String trace, String name) {
    return spans.stream()
        .filter(span -> trace(span).equals(trace) && span.getName().equals(name))
        .toList();
  }

  public static String trace(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }

  public static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, pair -> pair.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
