package dev.twofold.ingest.intake.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Makes the container's own refusals problem bodies too, and answers final. */
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
