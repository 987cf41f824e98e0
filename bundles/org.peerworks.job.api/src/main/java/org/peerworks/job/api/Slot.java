package org.peerworks.job.api;

/**
 * The right to use a GPU, or a share of the CPU.
 *
 * @param kind {@code gpu} or {@code cpu}
 * @param index from 0; for a GPU its number as {@code CUDA_VISIBLE_DEVICES} counts
 */
public record Slot(String kind, int index) {}
