package org.peerworks.cli.find;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.cli.connect.Connection;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;

/**
 * Looks for the videos of a project at a worker: where the user's mappings say, beside the project,
 * then by name; where one is found, the others are expected by the same change of their beginning.
 */
final class VideoFinder {

  private static final int MOST_SEARCHES = 10;
  private static final int MOST_PLACES = 5;

  private final Connection connection;
  private final FileResolver files;
  private final Mappings mappings;

  VideoFinder(Connection connection, FileResolver files, Mappings mappings) {
    this.connection = connection;
    this.files = files;
    this.mappings = mappings;
  }

  void find(PathChanges changes) throws InterruptedException {
    changes.told(byMappings(changes.open()));
    changes.guess(beside(changes));
    int searches = 0;
    for (String original : changes.open()) {
      if (changes.found().containsKey(original)) {
        continue;
      }
      if (searches++ < MOST_SEARCHES) {
        byName(original, changes);
      } else {
        changes.leave(original);
      }
    }
  }

  private Map<String, String> byMappings(List<String> originals) throws InterruptedException {
    Map<String, Map<String, String>> byFolder = new TreeMap<>();
    for (String original : originals) {
      String mapped = mappings.toWorker(original).replace('\\', '/');
      int slash = mapped.lastIndexOf('/');
      if (!mapped.equals(original) && slash > 0) {
        byFolder
            .computeIfAbsent(mapped.substring(0, slash), folder -> new LinkedHashMap<>())
            .put(original, mapped.substring(slash + 1));
      }
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, String>> folder : byFolder.entrySet()) {
      found.putAll(scan(folder.getKey(), folder.getValue()));
    }
    return found;
  }

  private Map<String, String> beside(PathChanges changes) throws InterruptedException {
    Map<String, String> names = new LinkedHashMap<>();
    changes.open().forEach(original -> names.put(original, changes.name(original)));
    String slp = changes.check().slpPath();
    return scan(slp.substring(0, Math.max(1, slp.lastIndexOf('/'))), names);
  }

  /**
   * Which of some files lie in a folder.
   *
   * @param names by the paths in the project
   */
  private Map<String, String> scan(String folder, Map<String, String> names)
      throws InterruptedException {
    Map<String, String> found = new LinkedHashMap<>();
    List<String> plain =
        names.values().stream()
            .filter(name -> !name.isBlank() && name.chars().noneMatch(c -> c < ' ' || c == '/'))
            .filter(name -> !name.equals(".") && !name.equals(".."))
            .distinct()
            .limit(FileResolver.MOST_NAMES)
            .toList();
    if (plain.isEmpty()) {
      return found;
    }
    try {
      Map<String, String> there = connection.await(files.scanDirectory(folder, plain)).found();
      names.forEach(
          (original, name) -> {
            if (there.containsKey(name)) {
              found.put(original, there.get(name));
            }
          });
    } catch (FileAccessException e) {
      requireAnswer(e);
    }
    return found;
  }

  private void byName(String original, PathChanges changes) throws InterruptedException {
    List<String> places = places(original, changes.name(original));
    List<String> others =
        changes.open().stream()
            .filter(path -> !path.equals(original))
            .limit(FileResolver.MOST_NAMES)
            .toList();
    Map<String, PrefixProposal> proposals = new HashMap<>();
    List<String> usable = new ArrayList<>();
    for (String place : places) {
      try {
        proposals.put(place, connection.await(files.proposePrefix(original, place, others)));
        usable.add(place);
      } catch (FileAccessException e) {
        requireAnswer(e);
      }
    }
    Comparator<String> better =
        Comparator.comparingInt((String place) -> proposals.get(place).wouldResolve().size())
            .thenComparingInt(place -> Suffix.shared(original, place))
            .reversed();
    usable.sort(better);
    if (usable.isEmpty()) {
      return;
    }
    String best = usable.get(0);
    changes.doubt(
        usable.stream().skip(1).filter(place -> better.compare(best, place) == 0).toList());
    PrefixProposal proposal = proposals.get(best);
    Map<String, String> found = new LinkedHashMap<>(Map.of(original, best));
    others.stream()
        .filter(proposal.wouldResolve()::containsKey)
        .forEach(path -> found.put(path, proposal.wouldResolve().get(path)));
    changes.guess(found);
    if (!proposal.oldPrefix().isEmpty()) {
      changes.prefix(proposal.oldPrefix(), proposal.newPrefix());
    }
  }

  /** Where files of exactly this name lie, those first whose path ends most like the original. */
  private List<String> places(String original, String name) throws InterruptedException {
    try (Search search = files.resolve(SearchRequest.of(name), SearchListener.NONE)) {
      return connection.await(search.outcome()).candidates().stream()
          .filter(candidate -> candidate.matchType() == MatchType.EXACT)
          .map(Candidate::file)
          .map(file -> file.path())
          .sorted(
              Comparator.comparingInt((String place) -> Suffix.shared(original, place)).reversed())
          .limit(MOST_PLACES)
          .toList();
    } catch (FileAccessException e) {
      requireAnswer(e);
      return List.of();
    }
  }

  /** A name that cannot be asked for is not found; a worker that does not answer is told. */
  private static void requireAnswer(FileAccessException e) {
    switch (e.code()) {
      case UNAVAILABLE, LIMIT, INTERNAL -> throw e;
      default -> {}
    }
  }
}
