/** The Helm chart as Kubernetes would see it. */
@NullMarked
package rondo.compat.chart;

import org.jspecify.annotations.NullMarked;
