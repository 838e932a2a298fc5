use api::ContactNotice;
use async_trait::async_trait;

use super::{SqliteStore, from_sql, to_sql};
use crate::{ClearWords, Result, SealedWords, StoreError, Words, WordsPlace};

/// What the migration left where words stand in the clear.
const IN_THE_CLEAR: &str = "";
/// The fact by which it is known that the disk may still have some.
const MARK: &str = "clear-words";

fn notice(json: &str) -> Result<Option<ContactNotice>> {
    serde_json::from_str(json).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::unreadable("interaction", error)
}

#[async_trait]
impl Words for SqliteStore {
    async fn clear_words(&self, limit: u32) -> Result<Vec<ClearWords>> {
        let interactions: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, notice_json FROM interactions WHERE sealed_words = $1 LIMIT $2",
        )
        .bind(IN_THE_CLEAR)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let mut words = Vec::new();
        for (id, json) in interactions {
            words.push(ClearWords {
                place: WordsPlace::Interaction(id),
                sentence: notice(&json)?.map(|one| one.sentence).unwrap_or_default(),
            });
        }
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT import_id, number, message FROM contact_import_rows
             WHERE sealed_words = $1 LIMIT $2",
        )
        .bind(IN_THE_CLEAR)
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        words.extend(rows.into_iter().map(|(import, number, sentence)| {
            let number = from_sql(number);
            let place = WordsPlace::ImportRow { import, number };
            ClearWords { place, sentence }
        }));
        Ok(words)
    }

    async fn seal_words(&self, sealed: &[SealedWords]) -> Result<()> {
        let mut tx = self.begin().await?;
        for SealedWords {
            place,
            sealed,
            said,
        } in sealed
        {
            match place {
                WordsPlace::Interaction(id) => {
                    let json: String =
                        sqlx::query_scalar("SELECT notice_json FROM interactions WHERE id = $1")
                            .bind(id)
                            .fetch_one(&mut *tx)
                            .await?;
                    let notice = notice(&json)?.map(|one| ContactNotice {
                        sentence: said.clone(),
                        ..one
                    });
                    sqlx::query(
                        "UPDATE interactions SET notice_json = $2, sealed_words = $3 WHERE id = $1",
                    )
                    .bind(id)
                    .bind(serde_json::to_string(&notice).map_err(unreadable)?)
                    .bind(sealed)
                    .execute(&mut *tx)
                    .await?;
                }
                WordsPlace::ImportRow { import, number } => {
                    sqlx::query(
                        "UPDATE contact_import_rows SET message = $3, sealed_words = $4
                         WHERE import_id = $1 AND number = $2",
                    )
                    .bind(import)
                    .bind(to_sql(*number))
                    .bind(said)
                    .bind(sealed)
                    .execute(&mut *tx)
                    .await?;
                }
            }
        }
        Ok(tx.commit().await?)
    }

    async fn overwrite_clear_words(&self) -> Result<()> {
        let mut connection = self.writer.acquire().await?;
        let marked: Option<String> = sqlx::query_scalar("SELECT name FROM meta WHERE name = $1")
            .bind(MARK)
            .fetch_optional(&mut *connection)
            .await?;
        if marked.is_none() {
            return Ok(());
        }
        // The file is written anew, and the log of writes emptied.
        for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            sqlx::query(statement).execute(&mut *connection).await?;
        }
        sqlx::query("DELETE FROM meta WHERE name = $1")
            .bind(MARK)
            .execute(&mut *connection)
            .await?;
        Ok(())
    }
}
