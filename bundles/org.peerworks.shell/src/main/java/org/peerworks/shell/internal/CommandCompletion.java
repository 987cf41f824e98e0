package org.peerworks.shell.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Function;
import org.jline.builtins.Completers.CompletionData;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Teaches the shell's sessions to complete options and arguments of commands whose services ask for
 * it with the property {@code peerworks.complete}. Thread-safe.
 */
@Component(service = {CommandSessionListener.class, CommandCompletion.class})
public final class CommandCompletion implements CommandSessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(CommandCompletion.class);

  /** Where Gogo's JLine shell looks: a map of command names to what completes them. */
  private static final String COMPLETIONS = ".completions";

  private static final String LINE = ".commandLine";
  private static final String ARGUMENTS = "__peerworks_arguments";
  private static final String NOT_YET = "__peerworks_not_yet";

  private final Map<Object, List<CompletedCommand>> services = new HashMap<>();
  private final Set<CommandSession> sessions = Collections.newSetFromMap(new WeakHashMap<>());
  private final Set<String> ours = new HashSet<>();

  @Reference(
      name = "commands",
      service = AnyService.class,
      target = "(&(osgi.command.scope=*)(peerworks.complete=*))",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  public synchronized void add(Object service, Map<String, Object> properties) {
    try {
      String scope = (String) properties.get("osgi.command.scope");
      services.put(
          service,
          CompletedCommand.of(service, scope, texts(properties.get("peerworks.complete"))));
      sessions.forEach(this::teach);
    } catch (IllegalArgumentException e) {
      LOG.warn("Cannot complete the commands of a service", e);
    }
  }

  public synchronized void remove(Object service) {
    services.remove(service);
    sessions.forEach(this::teach);
  }

  private static String[] texts(Object property) {
    return property instanceof String text ? new String[] {text} : (String[]) property;
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence command) {}

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Exception failure) {
    learn(session);
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Object result) {
    learn(session);
  }

  private synchronized void learn(CommandSession session) {
    if (session.get(COMPLETIONS) instanceof Map && sessions.add(session)) {
      session.put(ARGUMENTS, (Function) this::arguments);
      session.put(NOT_YET, (Function) CommandCompletion::notYet);
      teach(session);
    }
  }

  /** The map is replaced as a whole, since the session may be reading it. */
  private void teach(CommandSession session) {
    Map<Object, Object> completions = new HashMap<>((Map<?, ?>) session.get(COMPLETIONS));
    completions.keySet().removeAll(ours);
    services
        .values()
        .forEach(
            commands ->
                commands.forEach(
                    command -> {
                      if (completions.putIfAbsent(command.name(), data(command)) == null) {
                        ours.add(command.name());
                      }
                    }));
    session.put(COMPLETIONS, completions);
  }

  private static List<CompletionData> data(CompletedCommand command) {
    List<CompletionData> data = new ArrayList<>();
    command
        .options()
        .forEach(
            (names, description) ->
                data.add(
                    new CompletionData(
                        names,
                        description,
                        null,
                        NOT_YET + " '" + String.join("' '", names) + "'")));
    if (command.arguments().isPresent()) {
      data.add(new CompletionData(null, null, ARGUMENTS + " '" + command.name() + "'", null));
    }
    return data;
  }

  /** Whether none of the options is on the line. */
  private static Object notYet(CommandSession session, List<Object> options) {
    Set<String> asked = new HashSet<>();
    options.forEach(option -> asked.add(option.toString()));
    return session.get(LINE) instanceof ParsedLine line
        && line.words().subList(0, line.wordIndex()).stream().noneMatch(asked::contains);
  }

  private Object arguments(CommandSession session, List<Object> names) {
    if (!(session.get(LINE) instanceof ParsedLine line) || !isFirstArgument(line)) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    try {
      for (Map.Entry<?, ?> value : values(names.get(0).toString()).entrySet()) {
        String text = value.getKey().toString();
        String description = value.getValue().toString();
        candidates.add(new Candidate(text, text, null, description, null, null, true));
      }
    } catch (Exception e) {
      // A prompt is no place for it, and the command itself will say what is wrong.
      LOG.debug("Nothing to complete '{}' with", names.get(0), e);
    }
    return candidates;
  }

  private static boolean isFirstArgument(ParsedLine line) {
    return line.wordIndex() > 0
        && line.words().subList(1, line.wordIndex()).stream().allMatch(w -> w.startsWith("-"));
  }

  /**
   * What can follow a command and some words: options that are not there yet, and values of the
   * first argument, each with what it is.
   *
   * @param name with its scope
   */
  public Map<String, String> values(String name, List<String> words) {
    Map<String, String> found = new LinkedHashMap<>();
    try {
      if (words.stream().allMatch(word -> word.startsWith("-"))) {
        values(name)
            .forEach((value, description) -> found.put(value.toString(), description.toString()));
      }
    } catch (Exception e) {
      LOG.debug("Nothing to complete '{}' with", name, e);
    }
    for (CompletedCommand command : commands(name)) {
      command
          .options()
          .forEach(
              (names, description) -> {
                if (names.stream().noneMatch(words::contains)) {
                  found.put(names.get(names.size() - 1), description);
                }
              });
    }
    return found;
  }

  private synchronized List<CompletedCommand> commands(String name) {
    return services.values().stream()
        .flatMap(List::stream)
        .filter(command -> command.name().equals(name))
        .toList();
  }

  private Map<?, ?> values(String name) throws Exception {
    CompletedCommand.Arguments arguments = null;
    for (CompletedCommand command : commands(name)) {
      arguments = command.arguments().orElse(arguments);
    }
    return arguments == null ? Map.of() : arguments.get();
  }
}
