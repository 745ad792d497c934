package dev.twofold.cloudtasks.transport;

import com.google.api.HttpRule;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingConflictStrategy;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The port of the emulator: gRPC, REST and its own pages side by side, in plain text. */
public final class EmulatorServer implements AutoCloseable {

  /** What is served, and what a reset does. */
  public record Parts(EngineHost host, TokenIssuer tokens, IamPolicies policies, Runnable reset) {}

  // A create carries at most a task of one MiB, in REST a third more; lists are only sent.
  private static final int REQUEST_BYTES_MAX = 4 * 1024 * 1024;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final Server server;

  public EmulatorServer(InetSocketAddress address, Parts parts) {
    RestErrors errors = new RestErrors();
    ServerBuilder builder =
        Server.builder()
            .http(address)
            .service(grpc(parts, errors))
            .errorHandler(errors)
            .maxRequestLength(REQUEST_BYTES_MAX)
            .requestTimeout(REQUEST_TIMEOUT)
            .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(2));
    new EmulatorPages(parts.host(), parts.tokens(), parts.reset()).addTo(builder);
    this.server = builder.build();
  }

  /** Listens; a port that is taken is an {@link IllegalStateException} that names it. */
  public void start() {
    server.start().join();
  }

  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void close() {
    server.stop().join();
  }

  private static GrpcService grpc(Parts parts, RestErrors errors) {
    EngineHost host = parts.host();
    TaskCalls tasks = new TaskCalls(host);
    CloudTasksV2 v2 = new CloudTasksV2(host, tasks, parts.policies());
    HttpJsonTranscodingOptions rest =
        HttpJsonTranscodingOptions.builder()
            // With the default, updateMask and pageSize are dropped without a word, and an update
            // of one field becomes one of all.
            .queryParamMatchRules(
                HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD,
                HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE)
            .additionalHttpRules(updateRule("v2"), updateRule("v2beta3"))
            .conflictStrategy(HttpJsonTranscodingConflictStrategy.lastWins())
            .errorHandler(errors)
            .build();
    RestJson json = new RestJson();
    return GrpcService.builder()
        .addService(v2)
        .addService(new CloudTasksV2Beta3(host, tasks, v2))
        .jsonMarshallerFactory(service -> json)
        .enableHttpJsonTranscoding(rest)
        .build();
  }

  // Google's Java client over REST sends PATCH as POST with a header that says so.
  private static HttpRule updateRule(String version) {
    String path = "/" + version + "/{queue.name=projects/*/locations/*/queues/*}";
    return HttpRule.newBuilder()
        .setSelector("google.cloud.tasks." + version + ".CloudTasks.UpdateQueue")
        .setPatch(path)
        .setBody("queue")
        .addAdditionalBindings(HttpRule.newBuilder().setPost(path).setBody("queue"))
        .build();
  }
}
