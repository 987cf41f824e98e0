package org.peerworks.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jline.reader.Parser.ParseContext.COMPLETE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.jline.builtins.Completers.CompletionData;
import org.jline.reader.Candidate;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandCompletionTest {

  /** Commands as bundles have them. */
  public static final class Pots {

    private final Map<String, String> names = new HashMap<>(Map.of("tea", "black"));

    public void show(
        @Descriptor("print JSON")
            @Parameter(
                names = {"-j", "--json"},
                presentValue = "true",
                absentValue = "false")
            boolean json,
        String name) {}

    public Map<String, String> names() {
      return names;
    }

    public Map<String, String> broken() {
      throw new IllegalStateException("No pots today.");
    }
  }

  private final Pots pots = new Pots();
  private final CommandCompletion completion = new CommandCompletion();
  private CommandSession session;

  @BeforeEach
  void open() {
    session =
        new CommandProcessorImpl(new ThreadIOImpl())
            .createSession(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream());
    session.put(".completions", new HashMap<>(Map.of("gogo:ls", List.of())));
  }

  @Test
  void argumentsComeFromTheCommandsService() throws Exception {
    add("show names");
    completion.afterExecute(session, "profile", (Object) null);

    assertThat(candidates("pot:show", "pot:show", "")).containsExactly("tea: black");
    pots.names.put("coffee", "with milk");
    assertThat(candidates("pot:show", "pot:show", "-j", ""))
        .containsExactlyInAnyOrder("tea: black", "coffee: with milk");
    assertThat(candidates("pot:show", "pot:show", "tea", "")).isEmpty();
  }

  @Test
  void optionsAreDescribedAndOfferedOnce() throws Exception {
    add("show names");
    completion.afterExecute(session, "profile", (Object) null);

    CompletionData json = data("pot:show").get(0);

    assertThat(json.options).containsExactly("-j", "--json");
    assertThat(json.description).isEqualTo("print JSON");
    assertThat(evaluate(json.condition, "pot:show", "-")).isEqualTo(true);
    assertThat(evaluate(json.condition, "pot:show", "--json", "-")).isEqualTo(false);
  }

  @Test
  void commandsThatComeAndGoAreNotedInSessionsThatAreOpen() {
    completion.afterExecute(session, "profile", (Object) null);
    assertThat(completions()).containsOnlyKeys("gogo:ls");

    add("show");
    assertThat(completions()).containsOnlyKeys("gogo:ls", "pot:show");

    completion.remove(pots);
    assertThat(completions()).containsOnlyKeys("gogo:ls");
  }

  @Test
  void whatCannotBeAskedForIsNotOffered() throws Exception {
    add("show broken");
    completion.afterExecute(session, "profile", new IllegalStateException("any"));

    assertThat(candidates("pot:show", "pot:show", "")).isEmpty();
  }

  @Test
  void aSessionWithoutCompletionStaysAsItIs() {
    session.put(".completions", null);
    add("show names");

    completion.afterExecute(session, "profile", (Object) null);

    assertThat(session.get(".completions")).isNull();
  }

  @Test
  void aSourceThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CompletedCommand.of(pots, "pot", new String[] {"show lids"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'lids()'");
    add("show lids");
    completion.afterExecute(session, "profile", (Object) null);
    assertThat(completions()).containsOnlyKeys("gogo:ls");
  }

  private void add(String complete) {
    completion.add(pots, Map.of("osgi.command.scope", "pot", "peerworks.complete", complete));
  }

  private Map<Object, Object> completions() {
    return new HashMap<>((Map<?, ?>) session.get(".completions"));
  }

  private List<CompletionData> data(String command) {
    return ((List<?>) completions().get(command)).stream().map(CompletionData.class::cast).toList();
  }

  private List<String> candidates(String command, String... words) throws Exception {
    List<String> found = new ArrayList<>();
    for (CompletionData data : data(command)) {
      if (data.argument != null) {
        for (Object value : (List<?>) evaluate(data.argument, words)) {
          Candidate candidate = (Candidate) value;
          found.add(candidate.value() + ": " + candidate.descr());
        }
      }
    }
    return found;
  }

  /** What the shell does while a line is typed. */
  private Object evaluate(String function, String... words) throws Exception {
    String line = String.join(" ", words);
    session.put(".commandLine", new DefaultParser().parse(line, line.length(), COMPLETE));
    return session.execute(function);
  }
}
