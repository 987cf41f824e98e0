package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.lib.sleap.Option.Kind;

class OptionTableTest {

  private final OptionTable table =
      new OptionTable("sleap-nn track")
          .with(Kind.TEXT, "--data_path", "-i")
          .with(Kind.FLAG, "--tracking", "-t")
          .with(Kind.INTEGER, "--batch_size")
          .with(Kind.DECIMAL, "--score")
          .with(Kind.WORD, "--frames")
          .withSeveral(Kind.TEXT, 1, "--model_paths", "-m")
          .withSeveral(Kind.TEXT, 2, "--map");

  @Test
  void sortsOptionsAndWords() throws PackageException {
    OptionTable.Parsed parsed =
        parse("-i", "a b.slp", "x", "-m", "1", "--model_paths=2=3", "-t", "--map", "o", "n");

    assertThat(parsed.values("--data_path")).containsExactly("a b.slp");
    assertThat(parsed.values("--model_paths")).containsExactly("1", "2=3");
    assertThat(parsed.positional()).containsExactly("x");
    assertThat(parsed.uses().get(4).values()).containsExactly("o", "n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "--evil 1 | does not know the option '--evil'",
        "-x | does not know the option '-x'",
        "-iabc | does not know the option '-iabc'",
        "-- | does not know the option '--'",
        "--data-path a | does not know the option '--data-path'",
        "-i | wants a value for the option '-i', but found none",
        "-i a -i b | takes the option '-i' only once",
        "-i a --data_path b | takes the option '--data_path' only once",
        "--data_path= | wants a value for the option '--data_path', but found ''",
        "-i -t | wants a value for the option '-i', but found '-t'",
        "--tracking=1 | wants no value for the option '--tracking', but found '1'",
        "--batch_size four | wants a whole number for the option '--batch_size', but found 'four'",
        "--score 1,5 | wants a number for the option '--score', but found '1,5'",
        "--frames a/b | wants a word for the option '--frames', but found 'a/b'",
        "--map a | wants 2 values for the option '--map', but found 'a'",
      })
  void refusesByName(String words, String why) {
    assertThatThrownBy(() -> parse(words.split(" ")))
        .isInstanceOf(PackageException.class)
        .hasMessage("Line 7 of the script: this worker's 'sleap-nn track' " + why + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "--score,-0.5",
    "--score,1e-3",
    "--score,.5",
    "--batch_size,-1",
    "--frames,'0-9,20-30'"
  })
  void takesNumbersAndRanges(String name, String value) throws PackageException {
    assertThat(parse(name, value).values(name)).containsExactly(value);
  }

  private OptionTable.Parsed parse(String... words) throws PackageException {
    return table.parse(new ScriptCommand(7, "track", List.of(words)));
  }
}
