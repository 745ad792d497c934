package dev.twofold.sync;

import dev.twofold.sync.setup.Setup;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Starts the sync service; everything it needs is found in the packages below this one. Without a
 * command it serves; with {@code setup} it makes in HubSpot what the sync needs, and ends.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class SyncApplication {

  private static final String SETUP = "setup";
  private static final int WRONG_USAGE = 2;

  public static void main(String[] arguments) {
    // The JDK would send a POST again by itself when a connection breaks, past the pacer.
    System.setProperty("sun.net.http.retryPost", "false");
    String command = arguments.length == 0 ? "" : arguments[0];
    if (command.isEmpty() || command.startsWith("--")) {
      SpringApplication.run(SyncApplication.class, arguments);
    } else if (command.equals(SETUP)) {
      System.exit(setUp(Arrays.copyOfRange(arguments, 1, arguments.length)) ? 0 : 1);
    } else {
      System.err.println("expected no command, to serve, or 'setup'; came '" + command + "'");
      System.exit(WRONG_USAGE);
    }
  }

  /**
   * Sets every tenant up, without a web server, and prints what was found or made.
   *
   * @param options settings, as {@code --name=value}
   * @return whether everything is there now
   */
  static boolean setUp(String[] options) {
    SpringApplication application = new SpringApplication(SyncApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    // Only what the command asks for is made: it needs neither store nor queue.
    application.setLazyInitialization(true);
    application.setLogStartupInfo(false);
    String[] all =
        Stream.concat(
                Stream.of("--twofold.roles=writes", "--logging.level.root=warn"),
                Arrays.stream(options))
            .toArray(String[]::new);
    try (ConfigurableApplicationContext context = application.run(all)) {
      return context.getBean(Setup.class).run(System.out::println);
    }
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  RandomGenerator randomGenerator() {
    return new SecureRandom();
  }
}
