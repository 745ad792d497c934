package dev.twofold.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.sync.record.FieldValue;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {

  /** A name as Stripe holds it, the parts known so far (first|last), the parts it is split into. */
  @ParameterizedTest(name = "{0} with {1} becomes {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        // Nobody edited it: the known parts come back, whatever they are.
        "Ada Lovelace; Ada|Lovelace; Ada|Lovelace",
        "María José García López; María José|García López; María José|García López",
        "Vincent van Gogh; Vincent|van Gogh; Vincent|van Gogh",
        "Nguyễn Văn An; Văn An|Nguyễn; Văn An|Nguyễn",
        "毛 泽东; 泽东|毛; 泽东|毛",
        "Madonna; Madonna|; Madonna|",
        "Madonna; |Madonna; |Madonna",
        "Acme GmbH; |Acme GmbH; |Acme GmbH",
        // One part was edited, the other is the guide.
        "Ada King; Ada|Lovelace; Ada|King",
        "Augusta Lovelace; Ada|Lovelace; Augusta|Lovelace",
        "María José Pérez; María José|García López; María José|Pérez",
        "Josefa García López; María José|García López; Josefa|García López",
        "Vincent Willem van Gogh; Vincent|van Gogh; Vincent Willem|van Gogh",
        "Theo van Gogh; Vincent|van Gogh; Theo|van Gogh",
        "Anna-Lena Müller; Anna|Müller; Anna-Lena|Müller",
        "Anna Müller-Lüdenscheidt; Anna|Müller; Anna|Müller-Lüdenscheidt",
        "Sean O'Brien Kelly; Sean|O'Brien; Sean|O'Brien Kelly",
        "ADA LOVELACE; Ada|Lovelace; ADA|LOVELACE",
        "Jose Garcia Lopez; José|García López; Jose|Garcia Lopez",
        "Ana Maria Silva Santos; Ana Maria|Sousa Santos; Ana Maria|Silva Santos",
        // The order was changed.
        "Lovelace Ada; Ada|Lovelace; Ada|Lovelace",
        "Lovelace, Ada; Ada|Lovelace; Ada|Lovelace",
        "García López, María José; María José|García López; María José|García López",
        "Kim Min-jun; Min-jun|Kim; Min-jun|Kim",
        // Extra spaces.
        "  Ada   Lovelace ; Ada|Lovelace; Ada|Lovelace",
        "Ada  King; Ada|Lovelace; Ada|King",
        // Somebody else altogether, or nothing known.
        "Grace Hopper; Ada|Lovelace; Grace|Hopper",
        "Grace Hopper; |; Grace|Hopper",
        "Grace Brewster Murray Hopper; |; Grace Brewster Murray|Hopper",
        "Ludwig van Beethoven; |; Ludwig|van Beethoven",
        "Otto von Bismarck; |; Otto|von Bismarck",
        "Leonardo da Vinci; |; Leonardo|da Vinci",
        "Charles de Gaulle; |; Charles|de Gaulle",
        "Johan van der Waals; |; Johan|van der Waals",
        "Robin van den Berg; |; Robin|van den Berg",
        "José de la Cruz; |; José|de la Cruz",
        "Luís dos Santos; |; Luís|dos Santos",
        "Khalid bin Salman; |; Khalid|bin Salman",
        "Omar ibn Khattab; |; Omar|ibn Khattab",
        "Nawal el Saadawi; |; Nawal|el Saadawi",
        "José Ortega y Gasset; |; José Ortega|y Gasset",
        "Ursula von der Leyen; |; Ursula|von der Leyen",
        "Pieter ten Cate; |; Pieter|ten Cate",
        "Martin Luther King Jr.; |; Martin Luther|King Jr.",
        "Henry Ford III; |; Henry|Ford III",
        "Jane Doe PhD; |; Jane|Doe PhD",
        "Björk Guðmundsdóttir; |; Björk|Guðmundsdóttir",
        "Žofie Nováková; |; Žofie|Nováková",
        "Иван Сергеевич Тургенев; |; Иван Сергеевич|Тургенев",
        "Γιώργος Παπαδόπουλος; |; Γιώργος|Παπαδόπουλος",
        "山田 太郎; |; 山田|太郎",
        "김 민준; |; 김|민준",
        "محمد علي; |; محمد|علي",
        "דוד בן גוריון; |; דוד בן|גוריון",
        "अमिताभ बच्चन; |; अमिताभ|बच्चन",
        "Chimamanda Ngozi Adichie; |; Chimamanda Ngozi|Adichie",
        "Wangari Muta Maathai; |; Wangari Muta|Maathai",
        "Mary-Jane Smith-Jones; |; Mary-Jane|Smith-Jones",
        "Sukarno; |; Sukarno|",
        "Cher; Cherilyn|Sarkisian; Cher|",
        "Hopper, Grace; |; Grace|Hopper",
        // Companies as names stay in one piece.
        "Acme Inc.; |; |Acme Inc.",
        "Müller & Söhne GmbH; |; |Müller & Söhne GmbH",
        "Nordic Timber AB; |; |Nordic Timber AB",
        "Beta Foundation; |; |Beta Foundation",
        "Smith Consulting LLC; |; |Smith Consulting LLC",
      })
  void splitsANameWithTheKnownPartsAsTheGuide(String text, String guide, String expected) {
    FieldValue split = PersonName.split(text, parts(guide));
    assertThat(split.parts()).isEqualTo(parts(expected).parts());
  }

  /** First and last names of one to three words of any script, with spaces to spare. */
  @Test
  void bringsBackAnyNameThatNobodyHasEdited() {
    List<String> words =
        List.of("Ada", "van", "de", "Jr.", "GmbH", "García", "毛", "O'Brien", "x", "محمد", "-");
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      FieldValue name = FieldValue.name(words(words, random), words(words, random));
      String stripe = FieldKind.NAME.forStripe(name);
      FieldValue back = FieldKind.NAME.ofStripe(stripe, name);
      List<String> written = FieldKind.NAME.forHubSpot(back);
      assertThat(back.parts())
          .as("%s by way of '%s'", name.parts(), stripe)
          .usingElementComparator(Comparator.comparing(PersonName::singleSpaced))
          .isEqualTo(name.parts());
      assertThat(FieldKind.NAME.same(new FieldValue(written), name)).isTrue();
    }
  }

  private static String words(List<String> words, Random random) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(4); count > 0; count--) {
      text.append(words.get(random.nextInt(words.size()))).append(" ".repeat(random.nextInt(3)));
      text.append(count > 1 ? " " : "");
    }
    return text.toString();
  }

  @Test
  void splitsABlankNameIntoBlankParts() {
    assertThat(PersonName.split("  ", null)).isEqualTo(FieldValue.name("", ""));
  }

  private static FieldValue parts(String text) {
    String[] parts = text.strip().split("\\|", -1);
    return FieldValue.name(parts[0], parts[1]);
  }
}
