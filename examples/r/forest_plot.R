# The forest plot of a finished run: the rates of hedges and assertive markers by group with their 95 % intervals. Rates and
# intervals are computed again from documents.csv and must be those of groups.csv; otherwise the status is 1.
#
#     hedgerow count corpus --by genre --out stats
#     Rscript forest_plot.R stats forest.pdf
#
# Packages: readr, dplyr, ggplot2 (Debian: r-cran-readr, r-cran-dplyr, r-cran-ggplot2); forest_plot_base.R needs none.
# For one variable without --cluster, --within and --pair: then documents are the units, as here.

suppressPackageStartupMessages({
  library(readr)
  library(dplyr)
  library(ggplot2)
})

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) stop("usage: Rscript forest_plot.R STATS OUT.pdf", call. = FALSE)

# As text first, so that a group called 001, TRUE or NA stays what it is.
read <- function(name) {
  read_csv(file.path(arguments[1], name), col_types = cols(.default = "c"), na = character())
}

groups <- read("groups.csv") |>
  filter(level == "stance", stratum == "") |>
  mutate(across(c(rate, rate_low, rate_high, documents), parse_double))
documents <- read("documents.csv")
variable <- groups$variable[1]
if (grepl(",", variable) || any(groups$clusters != "")) stop("made for one variable, without --cluster", call. = FALSE)

# The pooled rate, and its interval by Student's t on the log scale (docs/statistics.md).
interval <- function(count, tokens) {
  rate <- sum(count) / sum(tokens)
  residual <- (count - rate * tokens) / (1 - tokens / sum(tokens))
  error <- sqrt(sum(residual^2)) / sum(count) * sum(count) / (sum(count) + 0.5)
  reach <- qt(0.975, length(count) - 1) * error
  tibble(own = 1000 * rate, own_low = own * exp(-reach), own_high = own * exp(reach))
}

own <- bind_rows(lapply(c("hedge", "assertive"), function(stance) {
  documents |>
    transmute(group = .data[[variable]], count = parse_double(.data[[stance]]), tokens = parse_double(tokens)) |>
    filter(group != "", tokens > 0) |>
    group_by(group) |>
    group_modify(~ interval(.x$count, .x$tokens)) |>
    mutate(stance = stance)
}))

compared <- inner_join(groups, own, by = c("group", "stance"))
same <- function(a, b) is.na(a) | abs(a - b) <= 1e-9 * abs(a)
stopifnot(
  nrow(compared) == nrow(groups), nrow(compared) > 0,
  with(compared, same(rate, own) & same(rate_low, own_low) & same(rate_high, own_high))
)

plot <- ggplot(groups, aes(rate, reorder(group, rate), xmin = rate_low, xmax = rate_high, colour = stance, shape = stance)) +
  geom_pointrange() +
  facet_wrap(vars(stance)) +
  scale_colour_manual(values = c(hedge = "#0072B2", assertive = "#D55E00")) +
  labs(x = "per 1,000 tokens", y = NULL) +
  theme(legend.position = "none")
# cairo_pdf finds a Japanese font by itself.
ggsave(arguments[2], plot, width = 7, height = 1.5 + 0.4 * n_distinct(groups$group), device = cairo_pdf)
cat(nrow(compared), "rates with their intervals agree:", arguments[2], "\n")
