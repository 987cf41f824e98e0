package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.peerworks.lib.files.FileTrees;

/** What the parser accepts means the same to a real shell; what it cannot read is refused. */
class ScriptAgainstShellTest {

  private static final String SEPARATOR = "\u0001";

  @Property(tries = 150)
  void acceptedWordsAreTheShellsWords(@ForAll("hostileLines") List<String> lines)
      throws IOException, InterruptedException {
    List<String> accepted = new ArrayList<>();
    List<List<String>> ours = new ArrayList<>();
    for (String line : lines) {
      try {
        List<ScriptCommand> commands = Script.parse("s", "sleap-nn train " + line);
        accepted.add(line);
        commands.forEach(command -> ours.add(command.arguments()));
      } catch (PackageException e) {
        assertThat(e.getMessage()).startsWith("Line ");
      }
    }
    assertThat(ours).isEqualTo(shell(accepted));
  }

  @Property(tries = 500)
  void quotedWordsComeBack(@ForAll("words") List<String> words) throws IOException {
    StringBuilder script = new StringBuilder("sleap-nn track");
    words.forEach(word -> script.append(" '").append(word.replace("'", "'\\''")).append('\''));

    assertThat(Script.parse("s", script.toString()).get(0).arguments()).isEqualTo(words);
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      for (ScriptCommand command : Script.parse("s", text)) {
        assertThat(command.verb()).isIn("train", "track");
      }
    } catch (PackageException e) {
      assertThat(e.getMessage()).contains("Line ");
    }
  }

  /** No letters that make a command's name, so that a mistake of ours harms nobody. */
  @Provide
  Arbitrary<List<String>> hostileLines() {
    return Arbitraries.of(
            "a", "b", " ", "\t", "'", "\"", "\\", "$", "`", "#", "=", "[", "]", "{", "}", "*", "?",
            "~", ";", "&", "|", "<", ">", "(", ")", "!", "-", "/", ".", ":", "é", "\\\n", "^", "%")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .list()
        .ofSize(20);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).list().ofMaxSize(10);
  }

  private static List<List<String>> shell(List<String> lines)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("record() { printf '%s\\001' \"$@\"; echo; }\n");
    lines.forEach(line -> script.append("record x ").append(line).append('\n'));
    Path directory = Files.createTempDirectory("script");
    try {
      Path file = directory.resolve("script");
      Files.writeString(file, script);
      ProcessBuilder builder = new ProcessBuilder("/bin/sh", file.toString());
      builder.environment().put("LC_ALL", "C");
      builder.directory(directory.toFile()).redirectErrorStream(true);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output
          .lines()
          .map(line -> line.split(SEPARATOR, -1))
          .map(words -> Arrays.asList(words).subList(1, words.length - 1))
          .toList();
    } finally {
      FileTrees.delete(directory);
    }
  }
}
