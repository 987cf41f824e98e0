package org.peerworks.deploy.shell;

/** A transaction as the shell shows it. */
public record HistoryRow(
    int number, String time, String result, String by, String what, String reason) {}
