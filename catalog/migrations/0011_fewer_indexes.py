
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0010_read_as'),
    ]

    operations = [
        migrations.AlterField(
            model_name='inboxmessage',
            name='available_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='letter',
            name='available_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='outboxrow',
            name='available_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='producer',
            name='slug',
            field=models.SlugField(db_index=False, max_length=120),
        ),
        migrations.AlterField(
            model_name='producername',
            name='producer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='catalog.producer'),
        ),
        migrations.AlterField(
            model_name='product',
            name='slug',
            field=models.SlugField(db_index=False, max_length=120),
        ),
        migrations.AlterField(
            model_name='recognition',
            name='product',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recognitions', to='catalog.product'),
        ),
        migrations.AlterField(
            model_name='sourcerecord',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='records', to='catalog.source'),
        ),
    ]
