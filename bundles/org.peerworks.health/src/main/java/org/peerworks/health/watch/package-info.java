/** Sees to it that the parts live that a worker cannot do without. */
package org.peerworks.health.watch;
