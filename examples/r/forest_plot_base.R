# The same as forest_plot.R, without a package.
#
#     hedgerow count corpus --by genre --out stats
#     Rscript forest_plot_base.R stats forest.pdf

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) stop("usage: Rscript forest_plot_base.R STATS OUT.pdf", call. = FALSE)

# As text first, so that a group called 001, TRUE or NA stays what it is.
read <- function(name) {
  table <- read.csv(file.path(arguments[1], name), colClasses = "character", encoding = "UTF-8",
                    check.names = FALSE, na.strings = character())
  names(table)[1] <- sub("^[^A-Za-z]+", "", names(table)[1])  # the byte-order mark
  table
}

groups <- read("groups.csv")
groups <- groups[groups$level == "stance" & groups$stratum == "", ]
figures <- c("rate", "rate_low", "rate_high")
groups[figures] <- lapply(groups[figures], as.numeric)
documents <- read("documents.csv")
variable <- groups$variable[1]
if (grepl(",", variable) || any(groups$clusters != "")) stop("made for one variable, without --cluster", call. = FALSE)

for (row in seq_len(nrow(groups))) {
  of_group <- documents[[variable]] == groups$group[row] & as.numeric(documents$tokens) > 0
  count <- as.numeric(documents[[groups$stance[row]]][of_group])
  tokens <- as.numeric(documents$tokens[of_group])
  # The pooled rate, and its interval by Student's t on the log scale (docs/statistics.md).
  rate <- sum(count) / sum(tokens)
  residual <- (count - rate * tokens) / (1 - tokens / sum(tokens))
  reach <- qt(0.975, length(count) - 1) * sqrt(sum(residual^2)) / (sum(count) + 0.5)
  own <- 1000 * rate * exp(c(0, -reach, reach))
  theirs <- unlist(groups[row, figures])
  stopifnot(all(is.na(theirs) | abs(own - theirs) <= 1e-9 * abs(theirs)))
}

grDevices::cairo_pdf(arguments[2], width = 8, height = 2 + 0.4 * length(unique(groups$group)))
par(mfrow = c(1, 2), mar = c(4, 8, 2, 1))
for (stance in c("hedge", "assertive")) {
  rows <- groups[groups$stance == stance, ]
  rows <- rows[order(rows$rate), ]
  y <- seq_len(nrow(rows))
  plot(rows$rate, y, xlim = c(0, max(groups$rate_high, groups$rate, na.rm = TRUE)), ylim = c(0.5, nrow(rows) + 0.5), yaxt = "n",
       ylab = "", xlab = "per 1,000 tokens", main = stance, pch = if (stance == "hedge") 16 else 0,
       col = if (stance == "hedge") "#0072B2" else "#D55E00")
  segments(rows$rate_low, y, rows$rate_high, y)
  axis(2, at = y, labels = rows$group, las = 1)
}
invisible(dev.off())
cat(nrow(groups), "rates with their intervals agree:", arguments[2], "\n")
