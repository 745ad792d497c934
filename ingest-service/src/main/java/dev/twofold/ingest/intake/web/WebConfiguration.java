package dev.twofold.ingest.intake.web;

import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Makes the container's own refusals problem bodies too, answers final, and traces discreet. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
    return new ProblemReports();
  }

  @Bean
  FilterRegistrationBean<AnswerFirstFilter> answerFirst() {
    FilterRegistrationBean<AnswerFirstFilter> registration =
        new FilterRegistrationBean<>(new AnswerFirstFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addUrlPatterns("/webhooks/*");
    return registration;
  }

  @Bean
  RequestsEndFirst requestsEndFirst(
      @Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration patience) {
    return new RequestsEndFirst(patience);
  }

  /** Probes are nobody's work. */
  @Bean
  ObservationPredicate observedRequests() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request)
            || !isProbe(request.getCarrier());
  }

  private static boolean isProbe(@Nullable HttpServletRequest request) {
    return request != null && request.getRequestURI().startsWith("/actuator/");
  }

  /** An address holds whatever a stranger wrote into it; its pattern tells enough. */
  @Bean
  ObservationFilter withoutAddresses() {
    return context -> context.removeHighCardinalityKeyValue("http.url");
  }

  /** Comes last, so that its valve sits inside Spring Boot's and reports before it. */
  private static final class ProblemReports
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }
  }
}
