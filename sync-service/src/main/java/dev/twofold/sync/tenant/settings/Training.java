package dev.twofold.sync.tenant.settings;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.spring.secretmanager.SecretManagerServiceClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;

/**
 * Lets the training run of an AOT cache ({@code -Dspring.profiles.active=cloud,training}) start as
 * the service does in Cloud Run, but without an account: Secret Manager's client is opened and
 * never asked, as every credential is written out. Found by {@code META-INF/spring.factories}.
 */
final class Training implements BootstrapRegistryInitializer {

  @Override
  public void initialize(BootstrapRegistry registry) {
    if (System.getProperty("spring.profiles.active", "").endsWith("training")) {
      SecretManagerServiceClient nobodys = client();
      registry.register(SecretManagerServiceClient.class, InstanceSupplier.of(nobodys));
      registry.register(
          SecretManagerServiceClientFactory.class, InstanceSupplier.of(location -> nobodys));
    }
  }

  private static SecretManagerServiceClient client() {
    try {
      return SecretManagerServiceClient.create(
          SecretManagerServiceSettings.newBuilder()
              .setCredentialsProvider(NoCredentialsProvider.create())
              .build());
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
