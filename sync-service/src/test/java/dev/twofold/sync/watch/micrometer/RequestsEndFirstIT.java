package dev.twofold.sync.watch.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class RequestsEndFirstIT {
  private static final CountDownLatch UNDER_WAY = new CountDownLatch(1);
  private static final CountDownLatch LEFT = new CountDownLatch(1);
  private static final AtomicReference<@Nullable Double> TOLD_AT_LAST = new AtomicReference<>();

  @Test
  void tellsOfTheRequestThatEndedWhileItStopped() throws Exception {
    ConfigurableApplicationContext service =
        SpringApplication.run(Service.class, "--server.port=0", "--BIND_ADDRESS=127.0.0.1");
    int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpRequest slow =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/slow")).build();
      Future<?> answer = threads.submit(() -> client.send(slow, BodyHandlers.discarding()));
      UNDER_WAY.await();

      Future<?> stopped = threads.submit(service::close);
      await().until(() -> isClosed(port));
      Double before = TOLD_AT_LAST.get();
      LEFT.countDown();
      stopped.get(10, TimeUnit.SECONDS);
      answer.get(10, TimeUnit.SECONDS);

      assertThat(before).isNull();
      assertThat(TOLD_AT_LAST.get()).isEqualTo(1.0);
    }
  }

  private static boolean isClosed(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  @RestController
  @EnableAutoConfiguration
  @Configuration(proxyBeanMethods = false)
  @Import(WatchConfiguration.class)
  static class Service {
    private final MeterRegistry meters = new Told();

    @Bean
    MeterRegistry meters() {
      return meters;
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @GetMapping("/slow")
    void slow() throws InterruptedException {
      UNDER_WAY.countDown();
      LEFT.await();
      meters.counter("ended").increment();
    }
  }

  /** Notes what a registry that exports would export last. */
  private static final class Told extends SimpleMeterRegistry {

    @Override
    public void close() {
      TOLD_AT_LAST.compareAndSet(null, counter("ended").count());
      super.close();
    }
  }
}
