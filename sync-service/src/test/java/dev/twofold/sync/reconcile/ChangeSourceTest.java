package dev.twofold.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeSourceTest {

  @ParameterizedTest(name = "{0} travels {1}")
  @CsvSource({
    "CRM_UI, EXPRESS",
    "crm_ui, EXPRESS",
    "FORM, EXPRESS",
    "MOBILE_IOS, EXPRESS",
    "MOBILE_ANDROID, EXPRESS",
    "CRM_UI_BULK_ACTION, BULK",
    "IMPORT, BULK",
    "INTEGRATION, BULK",
    "API, BULK",
    "DATA_ENRICHMENT, BULK",
    "WORKFLOWS, BULK",
    "SOMETHING_NEW, BULK",
  })
  void peopleTravelExpressAndMachinesInBulk(String source, Lane lane) {
    assertThat(ChangeSource.lane(source)).isEqualTo(lane);
  }

  @Test
  void aChangeWithoutASourceIsAMachines() {
    assertThat(ChangeSource.lane(null)).isEqualTo(Lane.BULK);
  }
}
