# A count model of a finished run: how many times as often a stance occurs in one group as in another, with the tokens as
# exposure, beside the program's own log ratio.
#
#     hedgerow count corpus --by genre --out stats
#     Rscript count_model.R stats [CLUSTER]
#
# The model is a negative binomial regression of the counts with the offset log(tokens) for each pair of groups (MASS::glm.nb;
# Poisson where the counts do not vary more than that). With CLUSTER, a variable of the documents such as their site, the standard errors
# are robust to documents of one cluster being alike (sandwich::vcovCL). Packages: MASS, sandwich (Debian: r-cran-mass, r-cran-sandwich).
# A random intercept instead: glmmTMB::glmmTMB(count ~ group + offset(log(tokens)) + (1 | cluster), family = glmmTMB::nbinom2).

arguments <- commandArgs(trailingOnly = TRUE)
if (!length(arguments) %in% 1:2) stop("usage: Rscript count_model.R STATS [CLUSTER]", call. = FALSE)
cluster <- if (length(arguments) == 2) arguments[2] else NULL

# As text, so that a group called 001, TRUE or NA stays what it is.
read <- function(name) {
  table <- read.csv(file.path(arguments[1], name), colClasses = "character", encoding = "UTF-8",
                    check.names = FALSE, na.strings = character())
  # The byte-order mark, in every locale.
  names(table)[1] <- sub("^\xef\xbb\xbf", "", names(table)[1], useBytes = TRUE)
  table
}
documents <- read("documents.csv")
comparisons <- read("comparisons.csv")
comparisons <- subset(comparisons, level == "stance" & group_b != "")
if (!is.null(cluster) && !cluster %in% names(documents)) {
  stop("documents.csv has no variable ", cluster, call. = FALSE)
}

fit <- function(count, tokens, first) {
  model <- glm(count ~ first + offset(log(tokens)), family = poisson)
  # The likelihood of a negative binomial rises from there only if the counts vary more than Poisson ones.
  overdispersed <- sum((count - fitted(model))^2 - count) > 0
  if (overdispersed) MASS::glm.nb(count ~ first + offset(log(tokens))) else model
}

# log2 of the rate in a over the rate in b, with its 95 % interval.
ratio <- function(row) {
  rows <- documents[[row$variable]] %in% c(row$group_a, row$group_b) & documents$tokens != "0"
  pair <- documents[rows, ]
  count <- as.numeric(pair[[row$measure]])
  # 1 in group a: its coefficient is the logarithm of the ratio.
  first <- as.numeric(pair[[row$variable]] == row$group_a)
  if (min(tapply(count, first, sum)) == 0) return(rep(NA, 3))
  model <- fit(count, as.numeric(pair$tokens), first)
  variance <- if (is.null(cluster)) vcov(model) else sandwich::vcovCL(model, cluster = pair[[cluster]])
  centre <- coef(model)[["first"]]
  half <- qnorm(0.975) * sqrt(variance["first", "first"])
  c(centre, centre - half, centre + half) / log(2)
}

models <- t(vapply(split(comparisons, seq_len(nrow(comparisons))), ratio, numeric(3)))
own <- comparisons[c("log_ratio", "log_ratio_low", "log_ratio_high")]
own[] <- lapply(own, as.numeric)
colnames(models) <- c("model", "model_low", "model_high")
shown <- cbind(comparisons[c("measure", "group_a", "group_b")], models, own)
write.csv(shown, row.names = FALSE, na = "")
