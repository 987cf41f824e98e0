package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;

/** Pages of directories: names from one look, sizes and dates from now. Thread-safe. */
final class Pages {

  private final Places places;
  private final Listings listings;
  private final int mostEntries;

  Pages(Places places, Listings listings, int mostEntries) {
    this.places = places;
    this.listings = listings;
    this.mostEntries = mostEntries;
  }

  CompletableFuture<DirectoryListing> page(String path, long offset, int limit) {
    if (offset < 0 || limit < 1 || limit > FileResolver.LARGEST_PAGE) {
      return CompletableFuture.failedFuture(
          new FileAccessException(
              Code.INVALID_REQUEST,
              "A page of %d entries from %d on was asked for; 1 to %d from 0 on are possible."
                  .formatted(limit, offset, FileResolver.LARGEST_PAGE)));
    }
    return places.visit(path, spot -> read(spot, offset, limit)).thenCompose(Pages.this::withLinks);
  }

  /**
   * A page on its way.
   *
   * @param entries empty where a link has to be followed first
   * @param links paths of those links, by place
   */
  private record Draft(
      Listing listing, long end, List<Optional<FileEntry>> entries, List<Link> links) {}

  private record Link(int place, Path path) {}

  private Draft read(Spot spot, long offset, int limit) throws IOException {
    if (!spot.attributes().isDirectory()) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "'%s' is a file. A directory was wanted.".formatted(spot.real()));
    }
    Listing listing = listings.find(spot, offset).orElse(null);
    if (listing == null) {
      listing = new Reader(places.mounts(), mostEntries).read(spot);
      listings.keep(listing);
    }
    List<Listing.Name> names = listing.page(offset, limit);
    List<Optional<FileEntry>> entries = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    if (!names.isEmpty()) {
      try (SecureDirectoryStream<Path> directory = spot.directory()) {
        for (Listing.Name name : names) {
          add(spot, spot.real().resolve(name.text()), directory, entries, links);
        }
      }
    }
    return new Draft(listing, offset + names.size(), entries, links);
  }

  private void add(
      Spot spot,
      Path path,
      SecureDirectoryStream<Path> directory,
      List<Optional<FileEntry>> entries,
      List<Link> links)
      throws IOException {
    if (places.mounts().isMount(path)) {
      links.add(new Link(entries.size(), path));
      entries.add(Optional.empty());
      return;
    }
    try {
      BasicFileAttributes attributes = Spot.attributes(directory, path.getFileName());
      if (attributes.isSymbolicLink()) {
        addLink(spot, path, entries, links);
      } else if (!attributes.isOther()) {
        entries.add(Optional.of(entry(path, attributes)));
      }
    } catch (NoSuchFileException e) {
      return; // gone meanwhile
    }
  }

  private void addLink(Spot spot, Path path, List<Optional<FileEntry>> entries, List<Link> links)
      throws IOException {
    MountSet mounts = places.mounts();
    try {
      MountSet.Place place = mounts.place(path.toString());
      if (place.mount() == spot.mount()) {
        try (Spot target = Walk.to(mounts, path.toString(), place, false, 0)) {
          entries.add(Optional.of(entry(path, target.attributes())));
        }
        return;
      }
    } catch (FileAccessException e) {
      return; // leads out, or nowhere
    } catch (Redirect e) {
      // Handled below: another disk is asked on its own lane.
    }
    links.add(new Link(entries.size(), path));
    entries.add(Optional.empty());
  }

  private CompletableFuture<DirectoryListing> withLinks(Draft draft) {
    List<Optional<FileEntry>> entries = new ArrayList<>(draft.entries());
    List<CompletableFuture<Void>> following = new ArrayList<>();
    for (Link link : draft.links()) {
      following.add(
          places
              .visit(link.path().toString(), Spot::attributes)
              .handle(
                  (attributes, failure) -> {
                    if (failure == null) {
                      FileEntry entry = entry(link.path(), attributes);
                      synchronized (entries) {
                        entries.set(link.place(), Optional.of(entry));
                      }
                    }
                    return null;
                  }));
    }
    return CompletableFuture.allOf(following.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                new DirectoryListing(
                    draft.listing().directory().toString(),
                    entries.stream().flatMap(Optional::stream).toList(),
                    draft.listing().size(),
                    draft.end() < draft.listing().size(),
                    draft.listing().hidden()));
  }

  /** What is at a spot, under its real path. */
  static FileEntry entry(Spot spot) {
    return entry(spot.real(), spot.attributes());
  }

  private static FileEntry entry(Path path, BasicFileAttributes attributes) {
    Path name = path.getFileName();
    return new FileEntry(
        path.toString(),
        name == null ? "/" : name.toString(),
        attributes.isDirectory(),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }
}
