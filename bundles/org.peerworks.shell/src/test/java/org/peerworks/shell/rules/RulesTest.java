package org.peerworks.shell.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.shell.api.Role;

class RulesTest {

  @TempDir private Path directory;
  private Path data;
  private Path home;
  private Rules rules;

  @BeforeEach
  void makeDirectories() throws IOException {
    data = Files.createDirectories(directory.resolve("data/config/org.peerworks.shell"));
    home = Files.createDirectories(directory.resolve("home/config/org.peerworks.shell"));
    rules = new Rules(directory.resolve("data"), directory.resolve("home"));
  }

  @Test
  void theFirstRuleThatFitsCounts() throws IOException {
    write(home, "# who may look\nuser /list/ = viewer\nuser = administrator\n* = operator, look\n");

    assertThat(rule("user", "list").role()).isEqualTo(Role.VIEWER);
    assertThat(rule("user", "list").change()).isFalse();
    assertThat(rule("user", "remove", "anna").role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(rule("user", "remove", "anna").change()).isTrue();
    assertThat(rule("other").role()).isEqualTo(Role.OPERATOR);
    assertThat(rule("other").change()).isFalse();
  }

  @Test
  void argumentsCannotPassForOthers() throws IOException {
    write(home, "user /list( --json)?/ = viewer\nuser /list  x/ = viewer\n");

    assertThat(rule("user", "list", "--json").role()).isEqualTo(Role.VIEWER);
    assertThat(rule("user", "list --json").role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(rule("user", "list", "", "x").role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(rule("user", "list\n").role()).isEqualTo(Role.ADMINISTRATOR);
  }

  @Test
  void theAdministratorsFilesComeFirst() throws IOException {
    write(home, "stop = operator\nlist = viewer\n");
    write(data, "stop = administrator\n");

    assertThat(rule("stop").role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(rule("list").role()).isEqualTo(Role.VIEWER);
  }

  @Test
  void whatNobodySpeaksOfIsForAdministratorsAndAChange() {
    assertThat(rules.of("none", "thing", List.of())).isEqualTo(Rule.OTHERWISE);
    assertThat(Rule.OTHERWISE.role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(Rule.OTHERWISE.change()).isTrue();
  }

  @Test
  void aFileThatCannotBeReadLeavesItsScopeToAdministrators() throws IOException {
    for (String wrong :
        List.of("list = everybody", "list viewer", "list /(/ = viewer", "l ist = viewer")) {
      write(home, "list = viewer\n");
      write(data, wrong + "\n");
      assertThat(
              new Rules(directory.resolve("data"), directory.resolve("home"))
                  .of("job", "list", List.of()))
          .as(wrong)
          .isEqualTo(Rule.OTHERWISE);
    }
  }

  @Test
  void aChangedFileCountsFromTheNextCommandOn() throws IOException {
    Path file = write(home, "list = viewer\n");
    assertThat(rule("list").role()).isEqualTo(Role.VIEWER);

    write(home, "list = operator\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(rule("list").role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void theShippedRulesCanBeReadAndLetNoViewerChangeAnything() throws IOException {
    Path shipped = Path.of("../../config/org.peerworks.shell");
    int files = 0;
    try (var found = Files.newDirectoryStream(shipped, "*.rules")) {
      for (Path file : found) {
        files++;
        assertThat(RuleFile.read(file))
            .as("%s", file)
            .isNotEmpty()
            .allMatch(rule -> rule.role() != Role.VIEWER || !rule.change());
      }
    }
    assertThat(files).isGreaterThan(8);
  }

  private Rule rule(String command, String... words) {
    return rules.of("job", command, List.of(words));
  }

  private static Path write(Path directory, String text) throws IOException {
    return Files.writeString(directory.resolve("job.rules"), text);
  }
}
