package dev.twofold.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the ingest service; everything it needs is found in the packages below this one. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class IngestApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(IngestApplication.class, arguments);
  }
}
