package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real shells offer after the script of {@code peerworks completion} was read. */
class CompletionIT {

  private static final String IN_BASH =
      """
      source <(peerworks completion bash)
      line='%s'
      read -ra COMP_WORDS <<<"$line"
      [[ $line != *' ' ]] || COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
      registered=$(complete -p ${COMP_WORDS[0]} | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      $registered 2>/dev/null || true
      echo "offered: ${COMPREPLY[*]} ."
      """;

  /** A shell of its own at a terminal, where the line is typed and then Tab. */
  private static final String IN_ZSH =
      """
      cat >driver.zsh <<'END'
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "PS1=; unsetopt zle_bracketed_paste; setopt list_packed; LISTMAX=1000; source <(peerworks completion zsh); print re''ady"
      zpty -r shell seen '*ready*'
      zpty -w -n shell '%s'$'\\t\\t'
      zpty -w shell $'\\C-a\\C-k'"print e''nd"
      zpty -r shell seen '*end*'
      print -r -- "offered: ${seen//$'\\e['[0-9;?]#[a-zA-Z]/ } ."
      zpty -d shell
      END
      zsh -f -o extendedglob driver.zsh | tr '\\r\\n' '  '
      rm driver.zsh
      """;

  @TempDir static Path directory;

  private static Lab lab;

  @BeforeAll
  static void unpack() throws Exception {
    lab = new Lab(directory);
    Files.createDirectories(lab.desk());
    Files.writeString(lab.desk().resolve("labels.v001.slp"), "");
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          peerworks |worker signal client-train client-track train track resolve-paths job browse login logout whoami status room token key credentials config shell doctor completion
          sleap-rtc client-t|client-train client-track
          peerworks client-track --mo|--model_paths
          peerworks client-track --no-on|--no-only_suggested_frames
          peerworks client-train -p lab|labels.v001.slp
          sleap-rtc job |submit types list show log attach stop cancel
          peerworks job list --state r|running
          peerworks room |list create info delete invite join set-default create-secret
          sleap-rtc config add-|add-mount add-path-mapping
          peerworks room list --sort c|created
          peerworks token create --no-s|--no-save
          peerworks completion |bash zsh
          """)
  void bashOffers(String line, String candidates) throws Exception {
    Running bash = lab.bash(IN_BASH.formatted(line));
    assertThat(bash.exit()).as(bash.transcript()).isZero();
    assertThat(bash.out()).containsExactly("offered: " + candidates + " .");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          sleap-rtc client-t|client-track client-train
          peerworks client-track --mo|client-track --model_paths
          peerworks client-train -p lab|-p labels.v001.slp
          peerworks job list --state r|--state running
          """)
  void zshOffers(String line, String candidates) throws Exception {
    Running zsh = lab.bash(IN_ZSH.formatted(line));
    assertThat(zsh.exit()).as(zsh.transcript()).isZero();
    assertThat(String.join(" ", zsh.out()).replaceAll("\\s+", " ")).contains(candidates);
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh"})
  void theOldNameOfACommandIsNotOffered(String shell) throws Exception {
    Running script = lab.bash("peerworks completion " + shell);
    assertThat(script.exit()).as(script.transcript()).isZero();
    assertThat(String.join("\n", script.out()))
        .contains("client-train")
        .doesNotContainPattern("[\" ]client[\" ]");
  }
}
