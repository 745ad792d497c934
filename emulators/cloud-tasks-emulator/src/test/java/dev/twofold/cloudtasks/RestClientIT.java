package dev.twofold.cloudtasks;

import com.google.api.gax.rpc.StatusCode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Google's Java client over its REST transport. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestClientIT implements ClientContract {

  private ClientWorld world;

  @BeforeAll
  void start() throws IOException {
    world = ClientWorld.overRest();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Override
  public ClientWorld world() {
    return world;
  }

  @Override
  public StatusCode.Code conflict() {
    return StatusCode.Code.ABORTED;
  }
}
