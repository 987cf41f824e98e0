package org.peerworks.deploy.shell;

import java.util.List;

/** All that is known of a transaction. */
public record TransactionDetails(
    int number,
    String time,
    String result,
    String by,
    String what,
    String reason,
    List<String> plan,
    List<String> deployedAfterwards) {}
