package org.peerworks.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.Test;

class RecordConverterTest {

  public record Row(String name, int placeInQueue, Optional<String> note) {}

  private final RecordConverter converter = new RecordConverter();

  @Test
  void manyRecordsAreATableWithNumbersToTheRight() {
    Object text =
        converter.format(
            List.of(new Row("a", 5, Optional.empty()), new Row("long name", 12, Optional.of("x"))),
            Converter.INSPECT,
            null);
    assertThat(text)
        .hasToString(
            """
            NAME       PLACE IN QUEUE  NOTE
            a                       5
            long name              12  x""");
  }

  @Test
  void oneRecordIsAListOfItsFields() {
    assertThat(converter.format(new Row("a", 5, Optional.of("n")), Converter.INSPECT, null))
        .hasToString(
            """
            NAME            a
            PLACE IN QUEUE  5
            NOTE            n""");
  }

  @Test
  void theWidestColumnGivesWayToFitTheTerminal() {
    String table =
        TextTable.ofRecords(List.of(new Row("x".repeat(300), 1, Optional.of("short"))), 60);
    assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
    assertThat(table).contains("…").contains("short");
  }

  @Test
  void theFirstColumnGivesWayLast() {
    String table =
        TextTable.ofRecords(
            List.of(new Row("20261121-101500-4f2a9c", 1, Optional.of("x".repeat(60)))), 60);
    assertThat(table).contains("20261121-101500-4f2a9c").contains("…");
  }

  @Test
  void controlCharactersOfAPeerDoNotReachTheTerminal() {
    assertThat(TextTable.ofFields(new Row("a\u001b[2Jb\nc", 1, Optional.empty())))
        .contains("a [2Jb c");
  }

  @Test
  void otherValuesAreLeftToOthers() {
    assertThat(converter.format(List.of("a", "b"), Converter.INSPECT, null)).isNull();
    assertThat(converter.format(List.of(), Converter.INSPECT, null)).isNull();
    assertThat(converter.format("text", Converter.INSPECT, null)).isNull();
  }
}
