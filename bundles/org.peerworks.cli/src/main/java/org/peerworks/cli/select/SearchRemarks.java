package org.peerworks.cli.select;

import java.util.ArrayList;
import java.util.List;
import org.peerworks.files.api.SearchOutcome;

/** What somebody has to know of a search who does not see the right file. */
public final class SearchRemarks {

  private SearchRemarks() {}

  /** In words for people; empty if all was seen and told. */
  public static List<String> of(SearchOutcome end) {
    List<String> remarks = new ArrayList<>();
    if (end.truncated()) {
      remarks.add("more files match, so type a longer name");
    }
    if (!end.unavailable().isEmpty()) {
      remarks.add("no answer from " + String.join(", ", end.unavailable()));
    }
    if (end.timeout()) {
      remarks.add("the time was up before all was seen");
    }
    if (end.deeper()) {
      remarks.add("deeper folders were not looked into");
    }
    if (end.skipped() > 0) {
      remarks.add(end.skipped() + " could not be read");
    }
    return remarks;
  }
}
