package dev.twofold.sync.problem;

import java.util.List;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** One controller with the advice and the converters it has in the service. */
public final class ProblemSlice {

  private ProblemSlice() {}

  public static MockMvcTester of(Object controller) {
    return MockMvcTester.create(
            MockMvcBuilders.standaloneSetup(controller)
                .setControllerAdvice(new ProblemAdvice())
                .build())
        .withHttpMessageConverters(List.of(new JacksonJsonHttpMessageConverter()));
  }
}
